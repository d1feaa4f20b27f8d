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
        await AskAsync("What is running?", "get_infrastructure_summary", [], cancellationToken);
        var pools = await AskAsync("Which pools are there?", "pools_query", Arguments("GetPools", ("fields", "name_label,id,HA_enabled")), cancellationToken);
        await AskAsync($"How is the pool {Field(pools, "name_label")} doing?", "pools_query", Arguments("GetPoolDashboard", ("id", Field(pools, "id"))), cancellationToken);
        var found = await AskAsync(
            "Find a running database server.",
            "vms_query",
            Arguments("GetVms", ("filter", "name_label:/-db-/ power_state:Running"), ("fields", "name_label,id,power_state,CPUs.number,memory.size"), ("limit", 3)),
            cancellationToken);
        var (name, id) = (Field(found, "name_label"), Field(found, "id"));
        await ConfirmAsync($"Snapshot {name} before the update.", Arguments("SnapshotVm", ("id", id), ("body", Body("before-update"))), cancellationToken);
        await AskAsync($"Just delete {name}, no questions.", "vms_action", Arguments("DeleteVm", ("id", id), ("confirm_token", Guid.NewGuid().ToString())), cancellationToken, refused: true);
        await ConfirmAsync($"Then show me what deleting {name} would do. … Yes, delete it.", Arguments("DeleteVm", ("id", id)), cancellationToken);
        return _asExpected;
    }

    // The handshake of clients that cannot ask their person: a preview, then the same call with its token.
    private async Task ConfirmAsync(string question, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        var preview = await AskAsync(question, "vms_action", arguments, cancellationToken);
        arguments["confirm_token"] = Token(preview.Text);
        await AskAsync("(The person has read the preview and agrees.)", "vms_action", arguments, cancellationToken);
    }

    private async Task<Reply> AskAsync(string question, string tool, Dictionary<string, object?> arguments, CancellationToken cancellationToken, bool refused = false)
    {
        await output.WriteLineAsync($"  You:       {question}");
        await output.WriteLineAsync($"  Assistant: {tool} {JsonSerializer.Serialize(arguments, DemoJson.Default.DictionaryStringObject)}");
        var result = await client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
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

    private static Dictionary<string, object?> Arguments(string operation, params ReadOnlySpan<(string Name, object Value)> others)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["operation"] = operation };
        foreach (var (name, value) in others)
        {
            arguments[name] = value;
        }

        return arguments;
    }

    private static Dictionary<string, string> Body(string name) => new(StringComparer.Ordinal) { ["name_label"] = name };

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
