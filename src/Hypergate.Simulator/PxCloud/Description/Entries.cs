namespace Hypergate.Simulator.PxCloud.Description;

/// <summary>Reads operations.txt.</summary>
internal static class Entries
{
    private const string Hint = "AI hint: ";
    private static readonly string[] Methods = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE "];

    public static IReadOnlyList<Entry> All { get; } = Read(Notation.Lines("operations.txt"));

    private static List<Entry> Read(IEnumerable<string> lines)
    {
        var entries = new List<Entry>();
        var tag = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                tag = line[3..];
            }
            else if (Methods.Any(method => line.StartsWith(method, StringComparison.Ordinal)))
            {
                entries.Add(Head(line, tag));
            }
            else
            {
                entries[^1] = With(entries[^1], line);
            }
        }

        return [.. entries.Select(Complete)];
    }

    private static Entry Head(string line, string tag)
    {
        var words = line.Split(' ');
        return new Entry
        {
            Tag = tag,
            Method = words[0],
            Path = words[1],
            Id = words.Skip(2).FirstOrDefault(static word => word[0] == '#')?[1..],
            Flags = [.. words.Skip(2).Where(static word => word[0] == '!').Select(static word => word[1..])],
        };
    }

    private static Entry With(Entry entry, string line) => line switch
    {
        _ when line.StartsWith("AI!", StringComparison.Ordinal) => entry with { Summary = $"{entry.Summary} {Hint}{line[3..]}" },
        _ when line.StartsWith("AI: ", StringComparison.Ordinal) => entry with { Description = $"{entry.Description} {Hint}{line[4..]}".TrimStart() },
        ['?', ' ', .. var fields] => entry with { Query = TypeNotation.Fields(fields) },
        ['h', ' ', .. var fields] => entry with { Headers = TypeNotation.Fields(fields) },
        ['<', ' ', .. var type] => entry with { Body = TypeNotation.Read(type) },
        ['*', ' ', .. var privilege] => entry with { Privilege = privilege },
        ['>', ' ', .. var rule] => Answer(entry, rule.Split(" : ")),
        _ when entry.Summary.Length == 0 => entry with { Summary = line },
        _ => entry with { Description = $"{entry.Description} {line}".TrimStart() },
    };

    private static Entry Answer(Entry entry, string[] parts) =>
        entry with { Rule = parts[0].Split(' '), Answer = parts.Length > 1 ? TypeNotation.Read(parts[1]) : null };

    private static Entry Complete(Entry entry) => entry with
    {
        Privilege = entry.Privilege switch
        {
            "none" => "",
            "" when entry.Method == "GET" => "Inventory.Audit",
            "" => "VM.Modify",
            var named => named,
        },
        Description = entry.Flags.Contains("long") ? LongText.Around(entry.Description) : entry.Description,
    };
}
