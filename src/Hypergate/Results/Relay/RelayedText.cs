using System.Globalization;
using Hypergate.Results.Text;

namespace Hypergate.Results.Relay;

/// <summary>A text that a platform rendered itself, as an answer: cleaned, redacted, cut at a line where it exceeds the budget.</summary>
internal static class RelayedText
{
    public static RenderedAnswer Render(string markdown, int budget, Redaction redaction)
    {
        var text = new RelayedTable(redaction).Render(markdown);
        return new RenderedAnswer("", text.Length <= budget ? text : Cut(text, budget));
    }

    private static string Cut(string text, int budget)
    {
        var end = text.LastIndexOf('\n', budget);
        var shown = end < 0 ? CleanText.Start(text, budget) : text[..end];
        var lines = text.AsSpan().Count('\n') - shown.AsSpan().Count('\n');
        return string.Create(CultureInfo.InvariantCulture, $"{shown}\n\n({lines} more lines; a limit, fewer fields, or another format shows them.)");
    }
}
