using Hypergate.Results.Formats;

namespace Hypergate.Results;

/// <summary>Every output format. A new one is a file in Formats and a line here.</summary>
public static class ResultFormats
{
    /// <summary>Tables in Markdown, single objects as indented JSON: the default of the domains surface.</summary>
    public static IResultFormat Markdown { get; } = new MarkdownFormat();

    public static IReadOnlyList<IResultFormat> All { get; } = [Markdown, new JsonCompactFormat(), new JsonNormalFormat(), new CsvFormat()];

    /// <summary>The format of that name, or null. The name alone, <c>json</c>, means the compact one.</summary>
    public static IResultFormat? Find(string name)
    {
        var wanted = name.Equals("json", StringComparison.OrdinalIgnoreCase) ? JsonCompactFormat.FormatName : name;
        return All.FirstOrDefault(format => format.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }
}
