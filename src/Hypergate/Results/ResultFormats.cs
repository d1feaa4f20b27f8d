using Hypergate.Results.Formats;

namespace Hypergate.Results;

/// <summary>Every output format. A new one is a file in Formats and a line here.</summary>
public static class ResultFormats
{
    private static readonly IReadOnlyList<IResultFormat> Common = [new JsonCompactFormat(), new JsonNormalFormat(), new ToonFormat(), new CsvFormat()];

    /// <summary>Tables in Markdown, single objects as indented JSON: the default of the domains surface.</summary>
    public static IResultFormat Markdown { get; } = new MarkdownFormat();

    /// <summary>Names once and one array a row: the default of the fleet tools and of queries.</summary>
    public static IResultFormat JsonCompact => Common[0];

    /// <summary>What the domains surface writes.</summary>
    public static IReadOnlyList<IResultFormat> All { get; } = [Markdown, .. Common];

    /// <summary>What the fleet tools and queries write: the same, but Markdown keeps to flat tables.</summary>
    public static IReadOnlyList<IResultFormat> Flat { get; } = [.. Common, new MarkdownTableFormat()];

    /// <summary>The format of that name, or null. The name alone, <c>json</c>, means the compact one.</summary>
    public static IResultFormat? Find(string name) => Find(All, name);

    /// <summary>The same among <see cref="Flat"/>.</summary>
    public static IResultFormat? FindFlat(string name) => Find(Flat, name);

    private static IResultFormat? Find(IReadOnlyList<IResultFormat> formats, string name)
    {
        var wanted = name.Equals("json", StringComparison.OrdinalIgnoreCase) ? JsonCompactFormat.FormatName : name;
        return formats.FirstOrDefault(format => format.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }
}
