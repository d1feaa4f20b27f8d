namespace Hypergate.Tests;

/// <summary>The lines of Data/xo/operations.tsv: every operation of the real description of Xen Orchestra 0.39.0.</summary>
internal sealed record OperationsTableRow(
    string Method,
    string Path,
    string Name,
    string Exposure,
    bool Deprecated,
    IReadOnlyList<string> PathParameters,
    IReadOnlyList<string> QueryParameters,
    string Body,
    string Access)
{
    public static IReadOnlyList<OperationsTableRow> All { get; } =
    [
        .. File.ReadLines(Repository.Path("tests", "Hypergate.Tests", "Data", "xo", "operations.tsv"))
            .Skip(1)
            .Where(static line => line.Length > 0)
            .Select(static line => Parse(line.Split('\t'))),
    ];

    private static OperationsTableRow Parse(string[] cells) => new(
        cells[0],
        cells[1],
        cells[2],
        cells[4],
        cells[6] == "deprecated",
        List(cells[7]),
        List(cells[8]),
        cells[9],
        cells[12]);

    private static string[] List(string cell) => cell.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
