using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hypergate.Host.Cli;

/// <summary>What to paste into an assistant so that it starts this gateway.</summary>
internal static class ClientSetup
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON block that Claude Desktop, Cursor and most others take.</summary>
    /// <param name="program">The path of the executable.</param>
    /// <param name="environment">What the gateway needs to know.</param>
    public static string Block(string program, IReadOnlyDictionary<string, string> environment)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("mcpServers");
            writer.WriteStartObject("hypergate");
            writer.WriteString("command", program);
            writer.WriteStartArray("args");
            writer.WriteEndArray();
            writer.WriteStartObject("env");
            foreach (var (name, value) in environment)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>What a person sees who starts the gateway at a terminal, where no client speaks.</summary>
    public static string Terminal(string program) =>
        $"""
        Hypergate {ProductVersion.Text} speaks MCP over standard input and output; an assistant starts it, not a person.

        Claude Code:
          claude mcp add xo -e XO_URL=https://your-xo -e XO_TOKEN=your-token -- {program}

        Claude Desktop, Cursor and others (claude_desktop_config.json, .cursor/mcp.json):
        {Indent(Block(program, new Dictionary<string, string>(StringComparer.Ordinal) { ["XO_URL"] = "https://your-xo", ["XO_TOKEN"] = "your-token" }))}

        Try it without an assistant:
          {program} demo           an embedded data centre and a short conversation
          {program} check          your settings and every backend
          {program} tools          what an assistant would see
          {program} --help         everything else
        """;

    private static string Indent(string text) => "  " + text.ReplaceLineEndings("\n  ");
}
