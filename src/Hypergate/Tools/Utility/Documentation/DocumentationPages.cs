using System.Collections.Concurrent;
using Hypergate.Results.Text;

namespace Hypergate.Tools.Utility.Documentation;

/// <summary>The pages of Xen Orchestra's public documentation, cut into passages; fetched when they are asked for and kept for an hour.</summary>
/// <param name="fetch">Gets a page as HTML, by the proxy rules of the environment; throws <see cref="HttpRequestException"/>.</param>
/// <param name="site">Where the documentation lies.</param>
internal sealed class DocumentationPages(Func<Uri, CancellationToken, Task<string>> fetch, Uri site, TimeProvider time)
{
    private const int LongestHeading = 200;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);

    /// <summary>The page of a topic.</summary>
    public Uri AddressOf(string topic) => new(site, DocumentationTopics.All[topic]);

    /// <summary>Its passages, clean, in their order.</summary>
    /// <exception cref="HttpRequestException">The page cannot be had; the message says why.</exception>
    public async Task<IReadOnlyList<Passage>> PassagesAsync(string topic, CancellationToken cancellationToken)
    {
        if (_pages.TryGetValue(topic, out var page) && page.Ends > time.GetUtcNow())
        {
            return page.Passages;
        }

        var passages = HtmlPassages.Read(await fetch(AddressOf(topic), cancellationToken))
            .Select(static passage => new Passage(CleanText.Line(passage.Heading, LongestHeading), CleanText.Inert(passage.Text)))
            .ToList();
        _pages[topic] = new Page(passages, time.GetUtcNow() + Lifetime);
        return passages;
    }

    private sealed record Page(IReadOnlyList<Passage> Passages, DateTimeOffset Ends);
}
