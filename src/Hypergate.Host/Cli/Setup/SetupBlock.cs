using System.Text;
using Hypergate.Backends.Rest;
using Hypergate.Host.Settings;

namespace Hypergate.Host.Cli.Setup;

/// <summary>Writes a backend into the text of a settings file, where every other line stays as it is.</summary>
internal static class SetupBlock
{
    private const string List = "backends:";
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The backend as an entry of the list.</summary>
    /// <param name="backend">What is written.</param>
    /// <param name="secret">The reference to its secret: <c>${secret:NAME}</c>; null where there is none.</param>
    /// <param name="indent">Before the dash.</param>
    public static string Of(SetupBackend backend, string? secret, string indent)
    {
        var text = new StringBuilder();
        void Line(string line)
        {
            var mark = text.Length == 0 ? "- " : "  ";
            text.Append(indent).Append(mark).Append(line).Append('\n');
        }

        Line($"name: {Quoted(backend.Name)}");
        Line($"kind: {backend.Kind.Name}");
        Line($"url: {Quoted(backend.Url.AbsoluteUri.TrimEnd('/'))}");
        Line($"auth: {Auth(backend, secret)}");
        if (backend.Fingerprint is { } pin)
        {
            Line($"tls: {{ fingerprint: {Quoted(pin)} }}");
        }
        else if (backend.Ca is { } ca)
        {
            Line($"tls: {{ ca: {Quoted(ca)} }}");
        }

        Line($"actions: {(backend.Profile == SetupProfiles.ReadOnly ? "false" : "true")}   # what changes something is offered, and asked about each time");
        if (Own(backend) is { } own)
        {
            Line(own);
        }

        return text.ToString();
    }

    /// <summary>The file's text with the entry.</summary>
    /// <param name="file">As it is; null where there is none yet.</param>
    /// <param name="entry">Makes the entry with an indent.</param>
    /// <exception cref="SettingsException">The file is written in a way in which nothing can be put into its list.</exception>
    public static string Into(string? file, Func<string, string> entry)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            return $"{List}\n{entry("  ")}";
        }

        var lines = file.ReplaceLineEndings("\n").Split('\n').ToList();
        var head = lines.FindIndex(static line => line.TrimStart(ByteOrderMark).StartsWith(List, StringComparison.Ordinal));
        if (head < 0)
        {
            return $"{file.TrimEnd('\r', '\n')}\n\n{List}\n{entry("  ")}";
        }

        if (lines[head].TrimStart(ByteOrderMark)[List.Length..].Split('#')[0].Trim().Length > 0)
        {
            throw new SettingsException("The list of backends in this file stands in one line; add the entry by hand");
        }

        var first = lines.FindIndex(head + 1, static line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal) || line.Trim() == "-");
        var indent = first < 0 ? "  " : lines[first][..(lines[first].Length - lines[first].TrimStart().Length)];
        lines.Insert(head + 1, entry(indent).TrimEnd('\n'));
        return string.Join('\n', lines);
    }

    private static string Auth(SetupBackend backend, string? secret) => (backend, secret) switch
    {
        (_, null) => "{}",
        ({ User: { } user }, _) => $"{{ username: {Quoted(user)}, password: {Quoted(secret)} }}",
        ({ TokenId: { } id }, _) => $"{{ tokenId: {Quoted(id)}, tokenSecret: {Quoted(secret)} }}",
        _ => $"{{ token: {Quoted(secret)} }}",
    };

    private static string? Own(SetupBackend backend)
    {
        if (backend.Kind.Name == RestKind.Name)
        {
            var chosen = backend.Tags.Count == 0 ? "" : $", include: [{string.Join(", ", backend.Tags.Select(static tag => Quoted($"tag:{tag}")))}]";
            return $"rest: {{ document: {Quoted(backend.Document ?? "")}{chosen} }}";
        }

        List<string> parts = [];
        if (backend.Tags.Count > 0)
        {
            parts.Add($"tags: [{string.Join(", ", backend.Tags.Select(Quoted))}]");
        }

        if (backend.Profile == SetupProfiles.Admin && backend.Kind.Name == SetupProfiles.WithTags)
        {
            parts.Add("allowDelete: true, system: true");
        }

        return parts.Count == 0 ? null : $"pxcloud: {{ {string.Join(", ", parts)} }}";
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
