using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hypergate.Tools.Utility;

/// <summary>What was found out about the connection to one backend.</summary>
/// <param name="Backend">Its name.</param>
/// <param name="Platform">What people call it.</param>
/// <param name="Url">Where it is.</param>
internal sealed record ConnectionFinding(string Backend, string Platform, string Url)
{
    /// <summary>The word for it in a sentence.</summary>
    public required string Server { get; init; }

    /// <summary>How long a small call took; null where none was made.</summary>
    public TimeSpan? Latency { get; init; }

    public string? Version { get; init; }

    /// <summary>What the version is of; empty for the platform itself.</summary>
    public string VersionLabel { get; init; } = "";

    public string? User { get; init; }

    public int Operations { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>Whether all that is known is that something answers there.</summary>
    public bool OnlyTouched { get; init; }

    public string? Problem { get; init; }

    /// <summary>What makes the connection unsafe.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>A connection that works, in one line.</summary>
    public string Short => string.Concat(
        Version is null ? Platform : $"{Platform} {(VersionLabel.StartsWith(Platform, StringComparison.Ordinal) ? "" : VersionLabel)}{Version}",
        User is null ? "" : $", as {User}",
        string.Create(CultureInfo.InvariantCulture, $": {Operations} operation{(Operations == 1 ? "" : "s")}{(ReadOnly ? ", read only" : "")}."));

    /// <summary>For people.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Problem is null ? $"Connection to {Sentence(Server)} successful." : $"Connection test failed: {Problem}");
            text.Append(CultureInfo.InvariantCulture, $"\nBackend: {Backend} ({Platform}{(Url.Length == 0 ? "" : $" at {Url}")})");
            if (Problem is null)
            {
                AppendFacts(text);
            }

            return text.Append(string.Concat(Warnings.Select(static warning => $"\nWarning: {warning}"))).ToString();
        }
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("backend", Backend);
        writer.WriteBoolean("reachable", Problem is null);
        writer.WriteString("url", Url);
        if (Latency is { } latency)
        {
            writer.WriteNumber("latency_ms", Math.Round(latency.TotalMilliseconds, 1));
        }

        writer.WriteNumber("operations", Operations);
        writer.WriteBoolean("read_only", ReadOnly);
        Optional(writer, "version", Version);
        Optional(writer, "user", User);
        Optional(writer, "problem", Problem);
        Optional(writer, "warning", Warnings.Count == 0 ? null : string.Join(' ', Warnings));
        writer.WriteEndObject();
    }

    private void AppendFacts(StringBuilder text)
    {
        if (Version is { Length: > 0 })
        {
            text.Append(CultureInfo.InvariantCulture, $"\nVersion: {VersionLabel}{Version}");
        }

        text.Append(User is { } user ? $"\nUser: {user}" : OnlyTouched ? "\nSomething answers there; whether the credential is right, the first call will tell." : "");
        text.Append(CultureInfo.InvariantCulture, $"\nOperations: {Operations}{(ReadOnly ? ", read only" : ", changes enabled")}");
        if (Latency is { } latency)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nLatency: {latency.TotalMilliseconds:0.0} ms");
        }
    }

    // "The API" stands at the head of other sentences.
    private static string Sentence(string words) => words.StartsWith("The ", StringComparison.Ordinal) ? $"the {words[4..]}" : words;

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
