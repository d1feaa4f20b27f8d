using Hypergate.Backends.Dadl;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Host.Cli.Dadl;

/// <summary><c>hypergate dadl list</c>: what a file describes.</summary>
internal static class DadlListing
{
    private const int LongestDescription = 100;

    public static async Task<int> RunAsync(string file, Terminal terminal)
    {
        if (DadlValidation.Read(file, out var problem) is not { } load)
        {
            await terminal.Error.WriteLineAsync($"{file}: {problem}");
            return ExitCode.Refused;
        }

        if (load.Document is not { } document)
        {
            await terminal.Error.WriteLineAsync($"{file}:{load.Problems[^1].Line}: {load.Problems[^1].Text}");
            return ExitCode.Refused;
        }

        foreach (var fault in load.Problems.Where(static candidate => DadlRules.SeverityOf(candidate, DadlProfile.Runtime) == DadlSeverity.Refusal))
        {
            await terminal.Error.WriteLineAsync($"{file}:{fault.Line}:{fault.Column}: cannot be run: {fault.Text}");
        }

        foreach (var line in Lines(document, load.Unavailable))
        {
            await terminal.Output.WriteLineAsync(line);
        }

        return load.IsRefused ? ExitCode.Refused : ExitCode.Done;
    }

    private static IEnumerable<string> Lines(DadlDocument document, IReadOnlyDictionary<string, string> unavailable)
    {
        var access = string.Join(", ", document.Tools.GroupBy(static tool => tool.Access ?? "unclassified", StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => $"{group.Count()} {group.Key}"));
        yield return $"{document.Name} {document.Version}".TrimEnd() + $": {document.Tools.Count} tools ({access}), {document.Composites.Count} composites";
        yield return $"address: {document.BaseUrl ?? "given by url in the settings"}";
        yield return $"credential: {Credential(document.Auth)}";
        foreach (var tool in document.Tools)
        {
            yield return Line(tool.Name, $"{tool.Method} {tool.Path}", tool, unavailable);
        }

        foreach (var composite in document.Composites)
        {
            yield return Line(composite.Name, "composite", composite, unavailable);
        }
    }

    private static string Line(string name, string request, DadlTool tool, IReadOnlyDictionary<string, string> unavailable) =>
        $"{name,-40} {tool.Access ?? "-",-10} {request}  {DescriptionText.OneLine(tool.Description, LongestDescription)}"
        + (name.StartsWith('_') ? "  [for composites alone]" : "")
        + (unavailable.TryGetValue(name, out var reason) ? $"  [cannot be used: {reason}]" : "");

    private static string Credential(DadlAuth auth) => auth.Kind == DadlAuthKind.Session
        ? "a session"
        : $"{auth.Kind.ToString().ToLowerInvariant()} {string.Join(", ", new[] { auth.Credential, auth.Password, auth.OAuth?.ClientSecret, auth.OAuth?.RefreshToken }.OfType<string>().Distinct(StringComparer.Ordinal).Select(static name => name == DadlAuth.NoCredential ? name : $"CREDENTIAL_{CredentialNames.InCapitals(CredentialNames.Plain(name))}"))}";
}
