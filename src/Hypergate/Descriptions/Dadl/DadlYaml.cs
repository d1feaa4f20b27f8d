using System.Text;
using Hypergate.Descriptions.OpenApi;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads a file into nodes with their places, from the parser's events and within limits. Scalars stay text.</summary>
internal sealed class DadlYaml
{
    private const int MaxDepth = 64;
    private const int MaxAliases = 500;
    private const int MaxNodes = 200_000;
    private const string CoreTags = "tag:yaml.org,2002:";

    private readonly Parser _parser;
    private readonly Scanner _scanner;
    private readonly DadlFaults _faults;
    private readonly Dictionary<AnchorName, DadlNode> _anchors = [];
    private readonly string[] _lines;
    private readonly string? _file;
    private int _aliases;

    private DadlYaml(string text, DadlFaults faults, string? file)
    {
        (_scanner, _faults, _lines, _file) = (new(new StringReader(text)), faults, text.Split('\n'), file);
        _parser = new(_scanner);
    }

    /// <summary>The root; null where there is none, with the reason among the faults.</summary>
    /// <param name="bytes">UTF-8.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="file">The name of an included file; null for the file itself.</param>
    public static DadlNode.Mapping? Read(ReadOnlySpan<byte> bytes, DadlFaults faults, string? file = null)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
            var root = new DadlYaml(YamlDocument.WithoutBlanks(text), faults, file).ReadDocument();
            return root as DadlNode.Mapping ?? throw new DadlYamlException(root?.Line ?? 1, root?.Column ?? 1, "the file must be a map with spec and backend");
        }
        catch (DecoderFallbackException)
        {
            faults.Add(new DadlProblem(DadlRules.Yaml, "", 1, 1, "the file is not UTF-8 text", null) { File = file });
        }
        catch (YamlException exception)
        {
            var (line, column) = PlaceOf(exception, bytes);
            faults.Add(new DadlProblem(DadlRules.Yaml, "", line, column, NotValid(exception), null) { File = file });
        }
        catch (DadlYamlException exception)
        {
            faults.Add(new DadlProblem(DadlRules.Yaml, "", exception.Line, exception.Column, exception.Message, null) { File = file });
        }

        return null;
    }

    // Of what the parser was in the middle of, the end is where it went wrong; behind the last line there is nothing.
    private static (int Line, int Column) PlaceOf(YamlException exception, ReadOnlySpan<byte> bytes)
    {
        var mark = exception.End.Index > exception.Start.Index ? exception.End : exception.Start;
        var last = bytes.TrimEnd((byte)'\n').Count((byte)'\n') + 1;
        return mark.Line <= last ? ((int)mark.Line, (int)mark.Column) : (last, 1);
    }

    private DadlNode? ReadDocument()
    {
        Move();
        if (Move() is StreamEnd)
        {
            return null;
        }

        Move();
        var root = ReadNode("", 0);
        Move();
        return Move() is StreamEnd ? root : throw Wrong("a second document begins; there must be one");
    }

    private DadlNode ReadNode(string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Wrong($"nested more than {MaxDepth} levels deep");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            return ReadAlias(alias, depth);
        }

        var start = _parser.Current as NodeEvent ?? throw Wrong("a value is missing");
        var isText = Check(start.Tag);
        DadlNode node = start switch
        {
            Scalar scalar => new DadlNode.Scalar(Line, Column, scalar.Value, scalar.Style == ScalarStyle.Plain && !isText) { File = _file, IsLiteral = scalar.Style == ScalarStyle.Literal, Lines = _lines },
            SequenceStart => ReadSequence(path, depth),
            _ => ReadMapping(path, depth),
        };
        if (node.Size > MaxNodes)
        {
            throw Wrong($"more than {MaxNodes} values, aliases counted each time");
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    // !!str makes a text of what looks like something else; the other core tags say what the key says anyway.
    private bool Check(TagName tag)
    {
        if (tag.IsEmpty || tag.IsNonSpecific)
        {
            return tag is { IsEmpty: false, IsNonSpecific: true };
        }

        return tag.Value.StartsWith(CoreTags, StringComparison.Ordinal) && tag.Value[CoreTags.Length..] is "str" or "int" or "float" or "bool" or "null" or "map" or "seq"
            ? tag.Value.EndsWith("str", StringComparison.Ordinal)
            : throw Wrong($"the tag {DadlFaults.Quoted(tag.Value)} means nothing here");
    }

    private DadlNode.Sequence ReadSequence(string path, int depth)
    {
        var (line, column) = (Line, Column);
        List<DadlNode> items = [];
        while (Move() is not SequenceEnd)
        {
            items.Add(ReadNode($"{path}[{items.Count}]", depth + 1));
        }

        return new(line, column, items) { File = _file, Size = 1 + items.Sum(static item => item.Size), Depth = items.Count == 0 ? 0 : 1 + items.Max(static item => item.Depth) };
    }

    private DadlNode.Mapping ReadMapping(string path, int depth)
    {
        var (line, column) = (Line, Column);
        var entries = new Dictionary<string, DadlEntry>(StringComparer.Ordinal);
        List<DadlNode> merged = [];
        while (Move() is not MappingEnd)
        {
            var (keyLine, keyColumn) = (Line, Column);
            var key = _parser.Current as Scalar ?? throw Wrong("a key is not a text");
            Move();
            var below = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            var value = ReadNode(below, depth + 1);
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
            {
                _faults.Add(new DadlProblem(DadlRules.MergeKey, path, keyLine, keyColumn, "the merge key << is not part of the format: it loses what is nested; repeat the keys", null) { File = _file });
                merged.AddRange(value is DadlNode.Sequence list ? list.Items : [value]);
            }
            else if (!entries.TryAdd(key.Value, new DadlEntry(key.Value, keyLine, keyColumn, value)))
            {
                _faults.Add(new DadlProblem(DadlRules.Yaml, below, keyLine, keyColumn, $"{DadlFaults.Quoted(key.Value)} is given twice, first in line {entries[key.Value].Line}", null) { File = _file });
            }
        }

        Merge(entries, merged);
        var all = entries.Values.ToList();
        return new(line, column, all) { File = _file, Size = 1 + all.Sum(static entry => 1 + entry.Value.Size), Depth = all.Count == 0 ? 0 : 1 + all.Max(static entry => entry.Value.Depth) };
    }

    // What stands there itself wins, then the earlier of the merged.
    private static void Merge(Dictionary<string, DadlEntry> entries, List<DadlNode> merged)
    {
        foreach (var entry in merged.OfType<DadlNode.Mapping>().SelectMany(static map => map.Entries))
        {
            entries.TryAdd(entry.Key, entry);
        }
    }

    private DadlNode ReadAlias(AnchorAlias alias, int depth)
    {
        if (++_aliases > MaxAliases)
        {
            throw Wrong($"more than {MaxAliases} aliases");
        }

        // A node's anchor counts when the node has ended, so that none can hold itself.
        var node = _anchors.TryGetValue(alias.Value, out var known) ? known : throw Wrong($"*{alias.Value} is not defined before");
        return depth + node.Depth <= MaxDepth ? node : throw Wrong($"nested more than {MaxDepth} levels deep");
    }

    private static string NotValid(YamlException exception) => $"not valid YAML: {DescriptionText.OneLine(exception.Message, 200)}";

    private int Line => (int)_parser.Current!.Start.Line;

    private int Column => (int)_parser.Current!.Start.Column;

    private ParsingEvent Move()
    {
        try
        {
            _parser.MoveNext();
            return _parser.Current!;
        }
        catch (YamlException exception) when (exception is { Start.Index: 0, End.Index: 0 } && _scanner.CurrentPosition is { Index: > 0 } place)
        {
            // Of some faults, such as a tab in front of a key, YamlDotNet does not say where they are.
            throw new DadlYamlException((int)place.Line, (int)place.Column, NotValid(exception));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // YamlDotNet 16.3 gives up so on some broken texts, such as a key of a flow mapping that begins with a second colon.
            throw Wrong("not valid YAML here or soon after");
        }
    }

    private DadlYamlException Wrong(string problem) => new((int)(_parser.Current?.Start.Line ?? 1), (int)(_parser.Current?.Start.Column ?? 1), problem);
}

/// <summary>Ends the reading of a file whose text makes no sense.</summary>
internal sealed class DadlYamlException(int line, int column, string message) : Exception(message)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
