using Hypergate.Schemas;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hypergate.Host.Settings.Yaml;

/// <summary>
/// Reads one YAML document into nodes with lines. From the parser's events and not by the library's own object model, because
/// that recurses without limit and does not keep both places of a key that is there twice.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 32;
    private const int MaxAliases = 500;

    private readonly Parser _parser;
    private readonly string _file;
    private readonly Dictionary<AnchorName, SettingsNode> _anchors = [];
    private int _aliases;

    private YamlReader(string text, string file) => (_parser, _file) = (new(new StringReader(text)), file);

    /// <summary>The root; null for a file without content.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="file">Its name in messages.</param>
    /// <exception cref="SettingsException">It is not YAML, or uses what settings have no use for.</exception>
    public static SettingsNode? Read(string text, string file)
    {
        var reader = new YamlReader(text, file);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException exception)
        {
            var (start, end) = (exception.Start.Line, exception.End.Line);
            throw reader.Wrong(start, $"is not valid YAML{(end > start ? $" up to line {end}" : "")}: {exception.Message}");
        }
    }

    private SettingsNode? ReadDocument()
    {
        Move();
        if (Move() is StreamEnd)
        {
            return null;
        }

        Move();
        var root = ReadNode(ValuePath.Root, 0);
        Move();
        return Move() is StreamEnd ? root : throw Wrong(Line, "begins a second document");
    }

    /// <summary>Reads the node that begins at the current event, and stops at its last.</summary>
    private SettingsNode ReadNode(ValuePath path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Wrong(Line, $"{path} is nested more than {MaxDepth} levels deep");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            return ReadAlias(alias);
        }

        var start = _parser.Current as NodeEvent ?? throw Wrong(Line, "is not valid YAML: a value is missing");
        if (!start.Tag.IsEmpty)
        {
            throw Wrong(Line, $"{path} has the YAML tag {start.Tag.Value}, which means nothing here");
        }

        SettingsNode node = start switch
        {
            Scalar scalar => new SettingsNode.Scalar(Here, scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadList(path, depth),
            _ => ReadMap(path, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private SettingsNode.List ReadList(ValuePath path, int depth)
    {
        var start = Here;
        List<SettingsNode> items = [];
        while (Move() is not SequenceEnd)
        {
            items.Add(ReadNode(path.Item(items.Count), depth + 1));
        }

        return new(start, items);
    }

    private SettingsNode.Map ReadMap(ValuePath path, int depth)
    {
        var start = Here;
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        List<SettingsNode.Entry> entries = [];
        while (Move() is not MappingEnd)
        {
            var line = Line;
            var key = _parser.Current is Scalar scalar ? scalar.Value : throw Wrong(line, $"{path} has a key that is not a word".TrimStart());
            var below = path.Property(key);
            if (!lines.TryAdd(key, line))
            {
                throw Wrong(line, $"{below} is given twice (first in line {lines[key]})");
            }

            Move();
            entries.Add(new(key, new(_file, line), ReadNode(below, depth + 1)));
        }

        return new(start, entries);
    }

    private SettingsNode ReadAlias(AnchorAlias alias)
    {
        if (++_aliases > MaxAliases)
        {
            throw Wrong(Line, $"uses more than {MaxAliases} YAML aliases");
        }

        return _anchors.TryGetValue(alias.Value, out var node) ? node : throw Wrong(Line, $"refers to *{alias.Value}, which is not defined before");
    }

    private long Line => _parser.Current!.Start.Line;

    private SettingsPlace Here => new(_file, Line);

    private ParsingEvent Move()
    {
        try
        {
            _parser.MoveNext();
            return _parser.Current!;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet 16.3 gives up so on some broken texts, such as a key of a flow mapping that begins with a second colon.
            throw Wrong(_parser.Current?.Start.Line ?? 1, "is not valid YAML in this line or soon after it");
        }
    }

    private SettingsException Wrong(long line, string problem) => new($"{_file}:{line}: {problem}");
}
