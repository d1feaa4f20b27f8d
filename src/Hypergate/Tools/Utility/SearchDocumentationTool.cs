using System.Globalization;
using System.Text;
using System.Text.Json;
using Hypergate.Results.Text;
using Hypergate.Tools.Utility.Documentation;

namespace Hypergate.Tools.Utility;

/// <summary><c>search_documentation</c>: passages of Xen Orchestra's public documentation, fetched live and kept for an hour.</summary>
/// <param name="pages">The pages.</param>
internal sealed class SearchDocumentationTool(DocumentationPages pages)
{
    public const string Name = "search_documentation";
    private const int LongestAnswer = 8_000;

    public ToolDefinition Tool => new()
    {
        Name = Name,
        Title = "Search the documentation",
        Description = "Passages of the Xen Orchestra documentation on a topic, best matches of query first.",
        InputSchema = ToolSchema.Closed(
            static writer =>
            {
                ToolSchema.Choice(writer, "topic", DocumentationTopics.All.Keys);
                ToolSchema.Property(writer, "query", "string");
            },
            "topic"),
        OutputSchema = ToolSchema.Open(static writer =>
        {
            ToolSchema.Property(writer, "url", "string");
            ToolSchema.Property(writer, "passages", "array");
        }),
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Run = (request, cancellationToken) => RunAsync(request.Arguments, cancellationToken),
    };

    private async Task<ToolResult> RunAsync(JsonElement arguments, CancellationToken cancellationToken)
    {
        if (UtilityArguments.Unexpected(arguments, Tool) is { } fault)
        {
            return fault;
        }

        var topic = arguments.GetProperty("topic").GetString()!;
        var query = arguments.TryGetProperty("query", out var asked) ? asked.GetString() ?? "" : "";
        var address = pages.AddressOf(topic);
        try
        {
            var passages = await pages.PassagesAsync(topic, cancellationToken);
            return Answer(address, query, query.Length == 0 ? passages : PassageRanking.Rank(passages, query));
        }
        catch (HttpRequestException exception)
        {
            return ToolResult.Error($"Failed to search the documentation: {exception.Message} The page is {address}; the person can open it.");
        }
    }

    private static ToolResult Answer(Uri address, string query, IReadOnlyList<Passage> passages)
    {
        if (passages.Count == 0)
        {
            return new ToolResult($"Nothing on {address} matches '{query}'. Try other words, another topic, or no query for the whole page.")
            {
                Structured = Structured(address, []),
            };
        }

        var text = new StringBuilder($"From {address}:\n");
        var shown = new List<Passage>();
        foreach (var passage in passages)
        {
            var room = LongestAnswer - text.Length;
            if (room < 200)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n({passages.Count - shown.Count} more passages on the page; a narrower query shows them.)");
                break;
            }

            var body = passage.Text.Length > room ? CleanText.Start(passage.Text, room) + " …" : passage.Text;
            shown.Add(passage with { Text = body });
            text.Append(CultureInfo.InvariantCulture, $"\n## {passage.Heading}\n{body}\n");
        }

        return new ToolResult(text.ToString()) { Structured = Structured(address, shown) };
    }

    private static JsonElement Structured(Uri address, List<Passage> shown) => ToolSchema.Write(writer =>
    {
        writer.WriteString("url", address.ToString());
        writer.WriteStartArray("passages");
        foreach (var passage in shown)
        {
            writer.WriteStartObject();
            writer.WriteString("heading", passage.Heading);
            writer.WriteString("text", passage.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
