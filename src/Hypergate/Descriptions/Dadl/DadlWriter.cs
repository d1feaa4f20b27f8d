using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Writes a file of tools.</summary>
internal static class DadlWriter
{
    private const int LongestNote = 1_000;

    // The next where the registry does not take the file with the one before.
    private static readonly Lengths[] Cuts = [new(1_500, 500), new(600, 240), new(400, 160), new(240, 100), new(160, 60)];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole text; descriptions are cut as far as a registry's limit of size asks.</summary>
    public static string Write(DadlDraft draft, DateTimeOffset now) =>
        Cuts.Select(longest => Written(draft, now, longest)).FirstOrDefault(static text => Encoding.UTF8.GetByteCount(text) <= DadlReader.RegistryLimit) ?? Written(draft, now, Cuts[^1]);

    private static string Written(DadlDraft draft, DateTimeOffset now, Lengths longest)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {draft.Name}.dadl: made from a live catalog by Hypergate\n");
        if (longest != Cuts[0])
        {
            text.Append(CultureInfo.InvariantCulture, $"# Descriptions are cut to {longest.Tools} characters, those of parameters to {longest.Parameters}: a registry takes {DadlReader.RegistryLimit / 1024} KB\n");
        }

        foreach (var note in draft.Notes)
        {
            text.Append("# ").Append(DescriptionText.OneLine(note, LongestNote)).Append('\n');
        }

        var hides = draft.Tools.Any(static tool => tool.Rules.Response.Redact.Count > 0);
        text.Append(CultureInfo.InvariantCulture, $"""
            spec: "https://dadl.ai/spec/dadl-spec-v0.{(hides ? 2 : 1)}.md"

            credits:
              - "made by hypergate dadl from-backend"
            source_name: {Quoted(draft.Description)}
            source_url: {Quoted(draft.BaseUrl)}
            date: "{now:yyyy-MM-dd}"
            {(hides ? "requires: { features: [redact] }\n" : "")}
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
        foreach (var tool in draft.Tools)
        {
            WriteTool(text, tool, draft, longest);
        }

        return text.ToString();
    }

    private static void WriteTool(StringBuilder text, DadlTool tool, DadlDraft draft, Lengths longest)
    {
        text.Append(CultureInfo.InvariantCulture, $"    {Quoted(tool.Name)}:\n      method: {tool.Method}\n      path: {Quoted(tool.Path)}\n      access: {tool.Access}\n      description: {Quoted(DescriptionText.OneLine(tool.Description, longest.Tools))}\n");
        if (tool.Rules.BodyType != draft.BodyType)
        {
            text.Append(CultureInfo.InvariantCulture, $"      content_type: {Quoted(tool.Rules.BodyType)}\n");
        }

        if (tool.Rules.Response.Redact is { Count: > 0 } hidden)
        {
            // The map stands in place of the default one whole.
            text.Append("      response:\n").Append(draft.ResultPath is { } path ? $"        result_path: {Quoted(path)}\n" : "").Append(CultureInfo.InvariantCulture, $"        redact: [{string.Join(", ", hidden.Select(Quoted))}]\n");
        }

        if (tool.Parameters.Count == 0)
        {
            return;
        }

        text.Append("      params:\n");
        foreach (var parameter in tool.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture, $"        {Quoted(parameter.Name)}:\n          type: {parameter.Type}\n          in: {Place(parameter.Place)}\n");
            text.Append(parameter.Required ? "          required: true\n" : "");
            text.Append(parameter.Default.ValueKind == JsonValueKind.Undefined ? "" : $"          default: {parameter.Default.GetRawText()}\n");
            text.Append(parameter.Description.Length == 0 ? "" : $"          description: {Quoted(DescriptionText.OneLine(parameter.Description, longest.Parameters))}\n");
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

    // Of descriptions, in characters.
    private sealed record Lengths(int Tools, int Parameters);
}
