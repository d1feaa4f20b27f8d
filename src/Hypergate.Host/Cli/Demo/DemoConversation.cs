using System.Globalization;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Cli.Demo;

/// <summary>Questions of a person, the tool calls that answer them, and the answers.</summary>
internal sealed class DemoConversation(McpClient client, TextWriter output)
{
    private const int MostLines = 14;

    private bool _asExpected = true;

    /// <summary>Runs it; whether every answer was what it should be.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        await LookAtPoolAsync(cancellationToken);
        await ChangeProxmoxAsync(cancellationToken);
        await ChangeXenOrchestraAsync(cancellationToken);
        return _asExpected;
    }

    // Reads that are the same on every platform.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await AskAsync("What is running?", "get_infrastructure_summary", [], cancellationToken);
        await AskAsync(
            "Which running guests have the most memory, wherever they run?",
            "execute_query",
            Arguments(("query", "SELECT backend, name, node, memory_max FROM guests WHERE status = 'running' ORDER BY memory_max DESC LIMIT 4"), ("format", "Markdown")),
            cancellationToken);
        await AskAsync(
            "Group all guests by platform and state.",
            "execute_query",
            Arguments(("query", "SELECT backend, status, COUNT(*) AS guests FROM guests GROUP BY backend, status ORDER BY backend, guests DESC"), ("format", "Markdown")),
            cancellationToken);
        await AskAsync("Which snapshots are older than 30 days?", "list_snapshots", Arguments(("older_than", "30d"), ("limit", 5), ("format", "Markdown")), cancellationToken);
    }

    // What only one platform has is there too, under its own words.
    private async Task LookAtPoolAsync(CancellationToken cancellationToken)
    {
        var pools = await AskAsync(
            "Which pools does Xen Orchestra have?", "xo_pools_query", Arguments(("operation", "GetPools"), ("fields", "name_label,id"), ("sort", "name_label")), cancellationToken);
        await AskAsync(
            $"How is the pool {Field(pools, "name_label")} doing?", "xo_pools_query", Arguments(("operation", "GetPoolDashboard"), ("id", Field(pools, "id"))), cancellationToken);
    }

    private async Task ChangeProxmoxAsync(CancellationToken cancellationToken)
    {
        var found = await AskAsync("Find a running guest on Proxmox VE.", "list_vms", Arguments(("backend", "pve"), ("status", "running"), ("type", "qemu"), ("limit", 1)), cancellationToken);
        var (name, id) = (Field(found, "name"), Field(found, "vmid"));
        await ConfirmAsync(
            $"Snapshot {name} before the update.",
            "create_vm_snapshot",
            Arguments(("vmid", int.Parse(id, CultureInfo.InvariantCulture)), ("backend", "pve"), ("snapshot_name", "before-update")),
            cancellationToken);
    }

    private async Task ChangeXenOrchestraAsync(CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            "Find a running database server in Xen Orchestra.",
            "xo_vms_query",
            Arguments(("operation", "GetVms"), ("filter", "name_label:/-db-/ power_state:Running"), ("fields", "name_label,id,power_state,CPUs.number,memory.size"), ("limit", 3)),
            cancellationToken);
        var (name, id) = (Field(found, "name_label"), Field(found, "id"));
        await AskAsync(
            $"Just delete {name}, no questions.",
            "xo_vms_action",
            Arguments(("operation", "DeleteVm"), ("id", id), ("confirm_token", Guid.NewGuid().ToString())),
            cancellationToken,
            refused: true);
        await ConfirmAsync($"Then show me what deleting {name} would do. … Yes, delete it.", "xo_vms_action", Arguments(("operation", "DeleteVm"), ("id", id)), cancellationToken);
    }

    // The handshake of clients that cannot ask their person: a preview, then the same call with its token.
    private async Task ConfirmAsync(string question, string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        var preview = await AskAsync(question, tool, arguments, cancellationToken);
        arguments["confirm_token"] = Token(preview.Text);
        await AskAsync("(The person has read the preview and agrees.)", tool, arguments, cancellationToken);
    }

    private async Task<Reply> AskAsync(string question, string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken, bool refused = false)
    {
        await output.WriteLineAsync($"  You:       {question}");
        await output.WriteLineAsync($"  Assistant: {tool} {JsonSerializer.Serialize(arguments, DemoJson.Readable.DictionaryStringObject)}");
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
        _asExpected &= result.IsError == true == refused;
        var lines = text.Split('\n');
        foreach (var line in lines.Take(MostLines))
        {
            await output.WriteLineAsync($"  {(result.IsError == true ? "Refused:  " : "Hypergate:")} {line}");
        }

        if (lines.Length > MostLines)
        {
            await output.WriteLineAsync($"             … {lines.Length - MostLines} more lines");
        }

        await output.WriteLineAsync();
        return new Reply(text, result.StructuredContent);
    }

    private static Dictionary<string, object?> Arguments(params ReadOnlySpan<(string Name, object Value)> all)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in all)
        {
            arguments[name] = value;
        }

        return arguments;
    }

    private static string Field(Reply reply, string name) =>
        reply.Data is { } data && data.TryGetProperty("rows", out var rows) && rows.GetArrayLength() > 0 && rows[0].TryGetProperty(name, out var value)
            ? value.ToString()
            : throw new InvalidOperationException($"The answer has no {name}: {reply.Text}");

    private static string Token(string preview)
    {
        const string Label = "confirm_token: \"";
        var start = preview.IndexOf(Label, StringComparison.Ordinal) + Label.Length;
        return start < Label.Length ? "" : preview[start..preview.IndexOf('"', start)];
    }

    private sealed record Reply(string Text, JsonElement? Data);
}
