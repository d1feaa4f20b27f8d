using System.Text.Json;
using Hypergate.Results.Text;
using Hypergate.Tools;
using Hypergate.Tools.Utility.Documentation;
using ModelContextProtocol;

namespace Hypergate.Host.Mcp.Resources;

/// <summary>The topics of the public documentation and their passages as documents with addresses.</summary>
internal sealed class DocumentationShelf(DocumentationPages pages)
{
    private const int LongestPassage = 20_000;

    public static IEnumerable<string> Topics => DocumentationTopics.All.Keys;

    public JsonElement List() => ToolSchema.Write(writer =>
    {
        writer.WriteStartArray("topics");
        foreach (var topic in Topics)
        {
            writer.WriteStartObject();
            writer.WriteString("topic", topic);
            writer.WriteString("url", pages.AddressOf(topic).ToString());
            writer.WriteString("uri", $"{ResourceAddress.Documentation}/{topic}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>The headings of a topic's page; null where there is no such topic.</summary>
    public async Task<JsonElement?> ListAsync(string topic, CancellationToken cancellationToken) => await ReadAsync(topic, cancellationToken) is not { } passages ? null : ToolSchema.Write(writer =>
    {
        writer.WriteString("url", pages.AddressOf(topic).ToString());
        writer.WriteStartArray("passages");
        foreach (var heading in Headings(passages))
        {
            writer.WriteStartObject();
            writer.WriteString("heading", heading);
            writer.WriteString("uri", ResourceAddress.OfPassage(topic, heading));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>What stands below a heading; null where there is none.</summary>
    public async Task<JsonElement?> FindAsync(ResourceAddress.OnePassage address, CancellationToken cancellationToken)
    {
        var found = (await ReadAsync(address.Topic, cancellationToken) ?? []).Where(passage => passage.Heading.Equals(address.Heading, StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0 ? null : ToolSchema.Write(writer =>
        {
            writer.WriteString("url", pages.AddressOf(address.Topic).ToString());
            writer.WriteString("heading", found[0].Heading);
            writer.WriteString("text", CleanText.Start(string.Join("\n\n", found.Select(static passage => passage.Text)), LongestPassage));
        });
    }

    /// <summary>The headings of a topic; none where there is no such topic or its page cannot be had.</summary>
    public async Task<IEnumerable<string>> HeadingsAsync(string topic, CancellationToken cancellationToken)
    {
        try
        {
            return Headings(await ReadAsync(topic, cancellationToken) ?? []);
        }
        catch (McpProtocolException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<Passage>?> ReadAsync(string topic, CancellationToken cancellationToken)
    {
        if (!DocumentationTopics.All.ContainsKey(topic))
        {
            return null;
        }

        try
        {
            return await pages.PassagesAsync(topic, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new McpProtocolException(
                $"The documentation cannot be read: {exception.Message} The page is {pages.AddressOf(topic)}; the person can open it.", exception, McpErrorCode.InternalError);
        }
    }

    private static IEnumerable<string> Headings(IReadOnlyList<Passage> passages) =>
        passages.Select(static passage => passage.Heading).Where(static heading => heading.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);
}
