using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Host.Composition;
using Hypergate.Tools;

namespace Hypergate.Host.Cli;

/// <summary><c>hypergate tools</c>: what an assistant would see.</summary>
internal static class ToolsCommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(Gateway gateway, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        gateway.Start();
        await gateway.Tools.Ready.WaitAsync(cancellationToken);
        var tools = gateway.Tools.Current;
        await terminal.Output.WriteLineAsync(json ? Json(tools) : Text(tools));
        if (gateway.Gap is not { } gap)
        {
            return ExitCode.Done;
        }

        await terminal.Error.WriteLineAsync(gap);
        return ExitCode.Failed;
    }

    /// <summary>The tools as JSON, in the protocol's words; what the snapshots in the repository hold.</summary>
    public static string Json(IReadOnlyList<ToolDefinition> tools)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartArray();
            foreach (var tool in tools)
            {
                Write(writer, tool);
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, ToolDefinition tool)
    {
        writer.WriteStartObject();
        writer.WriteString("name", tool.Name);
        writer.WriteString("title", tool.Title);
        writer.WriteString("description", tool.Description);
        writer.WritePropertyName("inputSchema");
        tool.InputSchema.WriteTo(writer);
        writer.WritePropertyName("outputSchema");
        tool.OutputSchema.WriteTo(writer);
        writer.WriteStartObject("annotations");
        writer.WriteBoolean("readOnlyHint", tool.Hints.ReadOnly);
        writer.WriteBoolean("destructiveHint", tool.Hints.Destructive);
        writer.WriteBoolean("idempotentHint", tool.Hints.Idempotent);
        writer.WriteBoolean("openWorldHint", tool.Hints.OpenWorld);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Text(IReadOnlyList<ToolDefinition> tools)
    {
        var width = tools.Max(static tool => tool.Name.Length) + 2;
        return string.Join('\n', tools.Select(tool => tool.Name.PadRight(width) + tool.Title));
    }
}
