using System.Globalization;

namespace Hypergate.Descriptions.Dadl;

/// <summary>A map of the file, read key by key. What has the wrong form is noted and counts as absent.</summary>
internal sealed class DadlSection(DadlNode.Mapping map, string path, DadlFaults faults)
{
    public DadlNode.Mapping Node => map;

    public string Path => path;

    public DadlFaults Faults => faults;

    /// <summary>The path of something in it.</summary>
    public string At(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public DadlNode? Find(string key) => map.Find(key) is { IsNull: false } node ? node : null;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>Whether nothing stands there, or an empty text.</summary>
    public bool Lacks(string key) => Find(key) is null || (Find(key) is DadlNode.Scalar scalar && string.IsNullOrWhiteSpace(scalar.Text));

    /// <summary>Notes every key that means nothing here.</summary>
    public void Know(params string[] keys)
    {
        foreach (var entry in map.Entries)
        {
            if (!keys.Contains(entry.Key))
            {
                faults.Add(DadlRules.UnknownKey, At(entry.Key), entry, DadlFaults.NotAKey(entry.Key, keys));
            }
        }
    }

    /// <summary>Notes keys that only the newer version of the format has.</summary>
    public void AreNew(int version, params string[] keys)
    {
        foreach (var entry in version >= 2 ? [] : map.Entries.Where(entry => keys.Contains(entry.Key)))
        {
            faults.Add(DadlRules.NeedsNewSpec, At(entry.Key), entry, $"{entry.Key} belongs to v0.2 of the format; this file says v0.1");
        }
    }

    public void Fault(string rule, string key, string text, bool isMild = false) => faults.Add(rule, key.Length == 0 ? path : At(key), key.Length == 0 ? map : map.Find(key) ?? map, text, isMild);

    /// <summary>A fault of one text of a list, or of one key of a map.</summary>
    public void FaultOf(string item, string rule, string key, string text)
    {
        switch (Find(key))
        {
            case DadlNode.Mapping inner when inner.Entries.FirstOrDefault(entry => entry.Key == item) is { } entry:
                faults.Add(rule, At(key), entry, text);
                break;
            case DadlNode.Sequence list when list.Items.FirstOrDefault(one => one is DadlNode.Scalar scalar && scalar.Text == item) is { } one:
                faults.Add(rule, At(key), one, text);
                break;
            default:
                Fault(rule, key, text);
                break;
        }
    }

    /// <summary>A fault of a part of a text.</summary>
    public void Fault(string rule, string key, int index, string text) => faults.Add(rule, At(key), map.Find(key)!, index, text);

    public DadlSection? Map(string key) => Find(key) switch
    {
        null => null,
        DadlNode.Mapping inner => new DadlSection(inner, At(key), faults),
        _ => Wrong<DadlSection>(key, "must be a map"),
    };

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        DadlNode.Scalar scalar => scalar.Text,
        _ => Wrong<string>(key, "must be a text"),
    };

    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        DadlNode.Scalar { IsPlain: true, Text: "true" or "True" or "TRUE" or "yes" or "Yes" or "on" or "On" } => true,
        DadlNode.Scalar { IsPlain: true, Text: "false" or "False" or "FALSE" or "no" or "No" or "off" or "Off" } => false,
        _ => Missing<bool>(key, "must be true or false"),
    };

    public int? Number(string key) => Find(key) switch
    {
        null => null,
        DadlNode.Scalar scalar when int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => Missing<int>(key, "must be a whole number"),
    };

    public TimeSpan? Duration(string key) => Find(key) switch
    {
        null => null,
        DadlNode.Scalar scalar when DadlDuration.Parse(scalar.Text) is { } span => span,
        _ => Missing<TimeSpan>(key, "must be a duration such as 500ms, 2s, 5m or 1h"),
    };

    public IReadOnlyList<string> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case DadlNode.Sequence list when list.Items.All(static item => item is DadlNode.Scalar):
                return [.. list.Items.Cast<DadlNode.Scalar>().Select(static item => item.Text)];
            case DadlNode.Sequence list:
                faults.Add(DadlRules.WrongType, At(key), list.Items.First(static item => item is not DadlNode.Scalar), "must be a list of texts");
                return [];
            default:
                Wrong<string>(key, "must be a list of texts");
                return [];
        }
    }

    /// <summary>What stands in a list, whatever it is.</summary>
    public IReadOnlyList<DadlNode> Items(string key) => Find(key) switch
    {
        null => [],
        DadlNode.Sequence list => list.Items,
        _ => Wrong<IReadOnlyList<DadlNode>>(key, "must be a list") ?? [],
    };

    public IReadOnlyList<int> Numbers(string key)
    {
        var numbers = new List<int>();
        foreach (var text in Texts(key))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                FaultOf(text, DadlRules.WrongType, key, $"{DadlFaults.Quoted(text)} is not a whole number");
            }
        }

        return numbers;
    }

    /// <summary>Name and text of each entry.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string key) =>
        Map(key) is { } inner ? [.. inner.Node.Entries.Select(entry => (entry.Key, Value: inner.Text(entry.Key))).Where(static pair => pair.Value is not null).Select(static pair => new KeyValuePair<string, string>(pair.Key, pair.Value!))] : [];

    /// <summary>One of some words; the first where it is absent.</summary>
    public string Choice(string key, string rule, params string[] words)
    {
        var text = Text(key);
        if (text is null || words.Contains(text))
        {
            return text ?? words[0];
        }

        Fault(rule, key, DadlFaults.WithNearest($"{DadlFaults.Quoted(text)} is not one of {string.Join(", ", words)}", text, words));
        return words[0];
    }

    private T? Wrong<T>(string key, string problem)
        where T : class
    {
        Fault(DadlRules.WrongType, key, problem);
        return null;
    }

    private T? Missing<T>(string key, string problem)
        where T : struct
    {
        Fault(DadlRules.WrongType, key, problem);
        return null;
    }
}
