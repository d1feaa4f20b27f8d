using Hypergate.Descriptions;

namespace Hypergate.Backends.PxCloud;

/// <summary>
/// What a tool says of an operation. Sentences after "AI hint:" were written for models: they are passed on whole, as far as they are no
/// book, and come before what may be cut. All of it is the platform's text, cleaned and bounded.
/// </summary>
internal static class PxCloudTexts
{
    private const string Mark = "AI hint:";
    private const int LongestHint = 400;

    public static string Title(PxCloudMark mark, string otherwise)
    {
        var (said, _) = Parted(mark.Summary);
        var text = DescriptionText.OneLine(said, DescriptionText.LongestTitle).TrimEnd('.', ' ');
        return text.Length == 0 ? otherwise : char.ToUpperInvariant(text[0]) + text[1..];
    }

    public static string Description(PxCloudMark mark)
    {
        var (summary, first) = Parted(mark.Summary);
        var (text, second) = Parted(mark.Description);
        var hints = string.Join(' ', new[] { first, second }.Where(static hint => hint.Length > 0)
            .Select(static hint => $"{Mark} {Ended(DescriptionText.OneLine(hint, LongestHint))}"));
        var said = text.Length > 0 && text.StartsWith(summary.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? text : $"{Ended(summary)} {text}".Trim();
        var room = Math.Max(DescriptionText.LongestTitle, DescriptionText.LongestDescription - hints.Length - 1);
        return $"{Ended(DescriptionText.OneLine(said, room))} {hints}".Trim();
    }

    // A hint goes to the end of its paragraph.
    private static (string Said, string Hint) Parted(string text)
    {
        var start = text.IndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return (text.Trim(), "");
        }

        var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
        var hint = end < 0 ? text[(start + Mark.Length)..] : text[(start + Mark.Length)..end];
        return ((text[..start] + (end < 0 ? "" : text[end..])).Trim(), hint.Trim());
    }

    private static string Ended(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' or '…' or ':' ? text : text + ".";
}
