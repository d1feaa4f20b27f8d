using Hypergate.Schemas;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Collects what is wrong with a file.</summary>
internal sealed class DadlFaults
{
    private const int Most = 5_000;
    private const int LongestQuoted = 60;
    private const int MostNamed = 12;

    private readonly List<DadlProblem> _all = [];
    private readonly List<DadlProgram> _programs = [];

    public IReadOnlyList<DadlProblem> All => _all;

    /// <summary>What only an engine can say whether it is wrong.</summary>
    public IReadOnlyList<DadlProgram> Programs => _programs;

    public void Note(string rule, string path, DadlNode at, string code) => _programs.Add(new(rule, path, at.Line, at.Column, code, ToolOf(path)) { Source = at as DadlNode.Scalar });

    public void Add(string rule, string path, DadlNode? at, string text, bool isMild = false) =>
        Add(new DadlProblem(rule, path, at?.Line ?? 0, at?.Column ?? 0, text, ToolOf(path)) { IsMild = isMild, File = at?.File });

    /// <summary>A fault of a key.</summary>
    public void Add(string rule, string path, DadlEntry at, string text) => Add(new DadlProblem(rule, path, at.Line, at.Column, text, ToolOf(path)) { File = at.Value.File });

    /// <summary>A fault of a part of a text.</summary>
    /// <param name="rule">Its id.</param>
    /// <param name="path">Of the text.</param>
    /// <param name="at">The text.</param>
    /// <param name="index">Where in it.</param>
    /// <param name="text">What is wrong.</param>
    public void Add(string rule, string path, DadlNode at, int index, string text)
    {
        var (line, column) = at is DadlNode.Scalar scalar ? scalar.PlaceOf(index) : (at.Line, at.Column);
        Add(new DadlProblem(rule, path, line, column, text, ToolOf(path)) { File = at.File });
    }

    public void Add(DadlProblem problem)
    {
        if (_all.Count < Most)
        {
            _all.Add(problem);
        }
    }

    /// <summary>The text with the nearest known name behind it.</summary>
    public static string WithNearest(string text, string wrong, IEnumerable<string> known) =>
        NearestName.Find(wrong, known) is { } nearest ? $"{text}; did you mean {nearest}?" : text;

    /// <summary>That a key means nothing where it stands, and which do.</summary>
    public static string NotAKey(string key, IReadOnlyCollection<string> known)
    {
        var plain = $"{Quoted(key)} is not a key here";
        var near = WithNearest(plain, key, known);
        return near == plain && known.Count <= MostNamed ? $"{plain}; there are {string.Join(", ", known)}" : near;
    }

    /// <summary>A value of the file in quotation marks, cut and without what cannot be seen.</summary>
    public static string Quoted(string value) => $"'{DescriptionText.Shorten(DescriptionText.Visible(value), LongestQuoted)}'";

    // backend.tools.NAME.… and backend.composites.NAME.…: names hold no dot.
    private static string? ToolOf(string path) => path.Split('.', 4) switch
    {
        ["backend", "tools" or "composites", var name, ..] => name,
        _ => null,
    };
}
