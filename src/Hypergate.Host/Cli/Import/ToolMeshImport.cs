using System.Text;
using System.Text.RegularExpressions;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Host.Cli.Import;

/// <summary>
/// Settings of ToolMesh as ours. Its list of backends stands alone or under <c>backends</c>; what has no place here is told, not guessed.
/// </summary>
internal static partial class ToolMeshImport
{
    private static readonly string[] Known = ["name", "transport", "dadl", "url", "env", "description", "enabled", "tls_skip_verify", "insecure_skip_verify"];

    public static async Task<int> RunAsync(string file, Terminal terminal)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            await terminal.Error.WriteLineAsync($"{file}: there is no such file");
            return ExitCode.Refused;
        }

        var (text, notes, count) = Convert(await File.ReadAllBytesAsync(path), Path.GetFileName(path));
        foreach (var note in notes)
        {
            await terminal.Error.WriteLineAsync($"{file}{note}");
        }

        if (count == 0)
        {
            return ExitCode.Refused;
        }

        await terminal.Output.WriteAsync(text);
        return ExitCode.Done;
    }

    /// <summary>The settings, what is to be said beside them with their lines, and how many backends there are.</summary>
    public static (string Text, IReadOnlyList<string> Notes, int Count) Convert(ReadOnlySpan<byte> bytes, string file)
    {
        var (text, notes, count) = (new StringBuilder($"# From {file}\nbackends:\n"), new List<string>(), 0);
        var faults = new DadlFaults();
        foreach (var section in Entries(bytes, faults))
        {
            count += Append(text, section, notes) ? 1 : 0;
        }

        text.Append("surfaces: [search]\n");
        notes.AddRange(faults.All.Select(static fault => $":{fault.Line}:{fault.Column}: {fault.Text}"));
        if (count == 0)
        {
            notes.Add(": holds no backend that can be taken over");
        }

        return (text.ToString(), notes, count);
    }

    // A list at the top has no place among maps, so that it is put below the key under which it may also stand.
    private static IEnumerable<DadlSection> Entries(ReadOnlySpan<byte> bytes, DadlFaults faults)
    {
        var root = DadlYaml.Read(bytes, new DadlFaults()) ?? DadlYaml.Read(Encoding.UTF8.GetBytes("backends:\n" + Encoding.UTF8.GetString(bytes)), faults);
        var list = root?.Find("backends");
        return list switch
        {
            DadlNode.Sequence items => items.Items.OfType<DadlNode.Mapping>().Select((map, index) => new DadlSection(map, $"backends[{index}]", faults)),
            DadlNode.Mapping named => named.Entries.Where(static entry => entry.Value is DadlNode.Mapping).Select(entry => new DadlSection((DadlNode.Mapping)entry.Value, entry.Key, faults)),
            _ => [],
        };
    }

    private static bool Append(StringBuilder text, DadlSection backend, List<string> notes)
    {
        var name = backend.Text("name") ?? backend.Path;
        if (backend.Text("dadl") is not { } dadl || backend.Text("transport") is not (null or "rest"))
        {
            notes.Add($":{backend.Node.Line}: {name} has the transport {backend.Text("transport") ?? "of another server"}; only rest with a DADL file can be taken over");
            return false;
        }

        if (backend.Flag("enabled") == false)
        {
            notes.Add($":{backend.Node.Line}: {name} is switched off there and is left out");
            return false;
        }

        foreach (var entry in backend.Node.Entries.Where(static entry => !Known.Contains(entry.Key)))
        {
            notes.Add($":{entry.Line}: {name}.{entry.Key} has no counterpart here and is left out");
        }

        text.Append("  - name: ").Append(Quoted(name)).Append("\n    kind: dadl\n");
        if (backend.Text("url") is { } url)
        {
            text.Append("    url: ").Append(Quoted(Referred(url))).Append('\n');
        }

        AppendCredentials(text, backend);
        if (backend.Flag("tls_skip_verify") == true || backend.Flag("insecure_skip_verify") == true)
        {
            text.Append("    dangerously_skip_tls_verification: true   # better: tls: { fingerprint: … }\n");
        }

        text.Append("    actions: false   # true offers what changes something; a person is asked each time\n    dadl:\n      file: ").Append(Quoted(Referred(dadl))).Append('\n');
        return true;
    }

    // Without a map of their own, credentials are found in the environment by the names that the file gives them.
    private static void AppendCredentials(StringBuilder text, DadlSection backend)
    {
        var pairs = backend.Pairs("env");
        if (pairs.Count == 0)
        {
            text.Append("    auth: {}   # CREDENTIAL_NAME of the environment\n");
            return;
        }

        text.Append("    auth:\n      keys:\n");
        foreach (var (name, variable) in pairs)
        {
            text.Append("        ").Append(Quoted(name)).Append(": ").Append(Quoted($"${{env:{variable.Trim('$', '{', '}')}}}")).Append('\n');
        }
    }

    // ${NAME} is a variable of the environment there.
    private static string Referred(string text) => Variable().Replace(text, "$${env:${name}}");

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
