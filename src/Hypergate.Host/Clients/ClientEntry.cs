using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Host.Clients;

/// <summary>How an assistant starts the gateway or the bridge.</summary>
/// <param name="Arguments">Behind the program.</param>
/// <param name="Environment">Variables that are no secret.</param>
/// <param name="Secrets">Variables that are, with their values of this moment; null where there is none yet.</param>
internal sealed record ClientEntry(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyList<KeyValuePair<string, string>> Environment, IReadOnlyList<KeyValuePair<string, string?>> Secrets)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The secrets that have to stand in the file of this client by their values.</summary>
    public IReadOnlyList<string> InFile(ClientKind kind) =>
        kind.Asks || kind.Reference is not null ? [] : [.. Secrets.Where(static secret => secret.Value is not null).Select(static secret => secret.Key)];

    /// <summary>The entry as JSON.</summary>
    /// <param name="name">Of the entry, for the names of questions.</param>
    /// <param name="isShown">Whether it is for the eyes only, without values of secrets.</param>
    public string Write(ClientKind kind, string name, bool isShown = false) => Json(writer =>
    {
        writer.WriteStartObject();
        foreach (var (mark, value) in kind.Marks)
        {
            writer.WriteString(mark, value);
        }

        writer.WriteString("command", Program);
        writer.WriteStartArray("args");
        foreach (var argument in Arguments)
        {
            writer.WriteStringValue(argument);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("env");
        foreach (var (variable, value) in Environment)
        {
            writer.WriteString(variable, value);
        }

        foreach (var (variable, value) in Secrets)
        {
            if (TextOf(kind, name, variable, isShown && value is not null ? "***" : value) is { } text)
            {
                writer.WriteString(variable, text);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The questions that the client puts to the person.</summary>
    public IEnumerable<(string Id, string Json)> Questions(ClientKind kind, string name) => !kind.Asks ? [] : Secrets.Select(secret => (QuestionOf(name, secret.Key), Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "promptString");
        writer.WriteString("id", QuestionOf(name, secret.Key));
        writer.WriteString("description", $"{secret.Key} for {name}");
        writer.WriteBoolean("password", true);
        writer.WriteEndObject();
    })));

    private static string? TextOf(ClientKind kind, string name, string variable, string? value) =>
        kind.Asks ? $"${{input:{QuestionOf(name, variable)}}}" : value is null ? null : kind.Reference?.Invoke(variable) ?? value;

    private static string QuestionOf(string name, string variable) => $"{name}-{variable.ToLowerInvariant().Replace('_', '-')}";

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
