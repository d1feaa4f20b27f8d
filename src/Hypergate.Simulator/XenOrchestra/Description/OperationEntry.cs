namespace Hypergate.Simulator.XenOrchestra.Description;

/// <summary>One block of <c>operations.txt</c>.</summary>
internal sealed record OperationEntry
{
    private static readonly string[] ListQuery = ["fields", "ndjson", "markdown", "filter", "limit"];
    private static readonly string[] RowQuery = ["fields", "ndjson", "filter", "limit"];

    private readonly Dictionary<string, string> _lines;

    private OperationEntry(string head, Dictionary<string, string> lines)
    {
        _lines = lines;
        var words = head.Split("  ");
        (Method, Path) = words[0].Split(' ') is [var method, var path] ? (method, path) : throw new FormatException(head);
        Id = words[1];
        Tags = words[2].Split('+');
        Exposure = words[3] == "-" ? null : words[3];
        Deprecated = words is [.., "deprecated"];
        var list = Line("lists") ?? Line("rows");
        ListOf = list?.Split(' ')[0];
        ListFields = list?.Split(' ')[2..] ?? [];
        Query = Words("query") is { Length: > 0 } query ? query
            : ListOf is null ? []
            : Line("rows") is null ? ListQuery : RowQuery;
        Security = Line("security") ?? (ListOf is null ? "*" : "acl");
    }

    public string Method { get; }

    public string Path { get; }

    public string Id { get; }

    public string[] Tags { get; }

    public string? Exposure { get; }

    public bool Deprecated { get; }

    public string Text => Line("-")!;

    /// <summary>The objects that it lists, and the fields of its example.</summary>
    public string? ListOf { get; }

    public string[] ListFields { get; }

    public string[] Query { get; }

    /// <summary><c>*</c>, <c>acl</c>, <c>none</c> or <c>-</c>.</summary>
    public string Security { get; }

    /// <summary>The type of the body, and whether there must be one.</summary>
    public (string Type, bool Required)? Body =>
        Line("body") is { } type ? (type, true) : Line("body?") is { } optional ? (optional, false) : null;

    public string? BodyExample => Line("example");

    /// <summary><c>vm:start</c>, perhaps with a condition in parentheses.</summary>
    public string[] Needs => Line("needs")?.Split("; ") ?? [];

    public string[] Gives => Line("gives")?.Split("; ") ?? [];

    public string[] Fails => Words("fails");

    /// <summary>All blocks, in their order.</summary>
    public static IEnumerable<OperationEntry> ReadAll(IEnumerable<string> lines)
    {
        string? head = null;
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == ' ')
            {
                var words = line.Trim().Split(' ', 2);
                details.Add(words[0], words[1]);
                continue;
            }

            if (head is not null)
            {
                yield return new(head, details);
            }

            (head, details) = (line, new(StringComparer.Ordinal));
        }

        yield return new(head!, details);
    }

    private string? Line(string word) => _lines.GetValueOrDefault(word);

    private string[] Words(string word) => Line(word)?.Split(' ') ?? [];
}
