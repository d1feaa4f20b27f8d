using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Writes a file that tells of operations in this format, so that calling them by it is calling them.</summary>
internal static class DadlWriter
{
    private const int LongestDescription = 1_500;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DadlDraft draft, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # {draft.Name}.dadl: made from a live catalog by Hypergate
            spec: "https://dadl.ai/spec/dadl-spec-v0.{(draft.Redact.Count > 0 ? 2 : 1)}.md"

            credits:
              - "made by hypergate dadl from-backend"
            source_name: {Quoted(draft.Description)}
            source_url: {Quoted(draft.BaseUrl)}
            date: "{now:yyyy-MM-dd}"
            {(draft.Redact.Count > 0 ? "requires: { features: [redact] }\n" : "")}
            backend:
              name: {draft.Name}
              type: rest
              version: "1.0"
              base_url: {Quoted(draft.BaseUrl)}
              description: {Quoted(draft.Description)}


            """);
        DadlAuthWriter.Write(text, draft);
        text.Append(CultureInfo.InvariantCulture, $"  defaults:\n    content_type: {Quoted(draft.BodyType)}\n    headers:\n      Accept: application/json\n");
        if (draft.ResultPath is { } path)
        {
            text.Append(CultureInfo.InvariantCulture, $"    response:\n      result_path: {Quoted(path)}\n");
        }

        text.Append("    errors:\n      retry_on: [429, 502, 503, 504]\n\n  tools:\n");
        foreach (var operation in draft.Operations)
        {
            WriteTool(text, operation, draft);
        }

        return text.ToString();
    }

    private static void WriteTool(StringBuilder text, Operation operation, DadlDraft draft)
    {
        var parameters = DadlDraftParameters.Of(operation, draft);
        var description = DescriptionText.OneLine(operation.Description.Length > 0 ? operation.Description : operation.Title, LongestDescription);
        text.Append(CultureInfo.InvariantCulture, $"    {Quoted(operation.Name)}:\n      method: {operation.Method}\n      path: {Quoted(operation.Path)}\n      access: {operation.Access.ToString().ToLowerInvariant()}\n      description: {Quoted(description)}\n");
        if (draft.IsPlainForm && parameters.Any(static parameter => parameter is { Place: ParameterPlace.Body, Type: "array" }))
        {
            // A form of this format numbers the items of a list, which such platforms do not read.
            text.Append(CultureInfo.InvariantCulture, $"      content_type: {Quoted(RequestBody.Json)}\n");
        }
        else if (operation.Body is { MediaType: var type } && type != RequestBody.Json && type != draft.BodyType)
        {
            text.Append(CultureInfo.InvariantCulture, $"      content_type: {Quoted(type)}\n");
        }

        if (draft.Redact.TryGetValue(operation.Name, out var hidden))
        {
            // The map stands in place of the default one whole.
            text.Append("      response:\n").Append(draft.ResultPath is { } path ? $"        result_path: {Quoted(path)}\n" : "").Append(CultureInfo.InvariantCulture, $"        redact: [{string.Join(", ", hidden.Select(Quoted))}]\n");
        }

        if (parameters.Count == 0)
        {
            return;
        }

        text.Append("      params:\n");
        foreach (var parameter in parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"        {Quoted(parameter.Name)}:\n          type: {parameter.Type}\n          in: {Place(parameter.Place)}\n");
            text.Append(parameter.Required ? "          required: true\n" : "");
            text.Append(parameter.Description.Length == 0 ? "" : $"          description: {Quoted(parameter.Description)}\n");
        }
    }

    private static string Place(ParameterPlace place) => place switch
    {
        ParameterPlace.Query => "query",
        ParameterPlace.Header => "header",
        ParameterPlace.Body => "body",
        _ => "path",
    };

    /// <summary>A text in JSON is one in YAML.</summary>
    public static string Quoted(string text)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = Readable.Encoder }))
        {
            writer.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
