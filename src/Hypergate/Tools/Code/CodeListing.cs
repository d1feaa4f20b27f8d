using System.Globalization;
using System.Text;

namespace Hypergate.Tools.Code;

/// <summary>A listing in parts of bounded size, cut between entries only.</summary>
/// <param name="mostBytes">Of one part.</param>
internal sealed class CodeListing(int mostBytes)
{
    private const int Reserve = 200;

    private readonly List<(string Head, string Entry, string Tail, int Count)> _entries = [];

    /// <param name="head">Opens the block that the entry stands in; the same for all entries of a block.</param>
    /// <param name="entry">One operation, or several names in a line.</param>
    /// <param name="tail">Closes the block.</param>
    /// <param name="count">How many operations it shows.</param>
    public void Add(string head, string entry, string tail, int count = 1) => _entries.Add((head, entry, tail, count));

    /// <summary>A part, from 1, with what stands under every part.</summary>
    /// <param name="page">Which.</param>
    /// <param name="matched">How many operations there are in all.</param>
    /// <param name="closingOf">What stands behind the blocks of a part, by their text.</param>
    public CodePage Page(int page, int matched, Func<string, string> closingOf)
    {
        var parts = Parts(Reserve + Encoding.UTF8.GetByteCount(closingOf(string.Concat(_entries.Select(static entry => entry.Head).Distinct(StringComparer.Ordinal)))));
        var number = Math.Clamp(page, 1, Math.Max(1, parts.Count));
        var (text, shown) = parts.Count == 0 ? ("", 0) : parts[number - 1];
        var closing = closingOf(text);
        var next = number < parts.Count ? number + 1 : (int?)null;
        var footer = string.Create(CultureInfo.InvariantCulture, $"// {matched} matched, {shown} shown");
        if (next is { } more)
        {
            footer += string.Create(CultureInfo.InvariantCulture, $"; next: page {more}, or narrow with query, pattern, backend");
        }

        return new($"{text}{closing}{footer}", matched, shown, next);
    }

    private List<(string Text, int Shown)> Parts(int reserve)
    {
        var parts = new List<(string, int)>();
        var (text, shown, open) = (new StringBuilder(), 0, (Head: "", Tail: ""));
        foreach (var (head, entry, tail, count) in _entries)
        {
            if (shown > 0 && Encoding.UTF8.GetByteCount(text.ToString()) + Encoding.UTF8.GetByteCount(entry) + head.Length + tail.Length + reserve > mostBytes)
            {
                parts.Add((text.Append(open.Tail).ToString(), shown));
                (text, shown, open) = (new StringBuilder(), 0, ("", ""));
            }

            if (open.Head != head)
            {
                text.Append(open.Tail).Append(head);
                open = (head, tail);
            }

            text.Append(entry);
            shown += count;
        }

        if (shown > 0)
        {
            parts.Add((text.Append(open.Tail).ToString(), shown));
        }

        return parts;
    }
}

/// <summary>One part of a listing.</summary>
internal sealed record CodePage(string Text, int Matched, int Shown, int? Next);
