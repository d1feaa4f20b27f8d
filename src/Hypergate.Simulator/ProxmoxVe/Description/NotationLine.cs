using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hypergate.Simulator.ProxmoxVe.Description;

/// <summary>A line of parameters.txt or formats.txt: <c>NAME TYPE[?] ATTRIBUTE…</c>.</summary>
internal static class NotationLine
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    /// <param name="line">The line without indentation.</param>
    /// <param name="parameter">Finds the schema of another key, for the items of lists.</param>
    public static PropertySchema Read(string line, Func<string, PropertySchema> parameter)
    {
        var pattern = line.IndexOf(" pattern=", StringComparison.Ordinal);
        var words = Words(pattern < 0 ? line : line[..pattern]);
        var schema = new PropertySchema
        {
            Name = words[0].Split('~')[0],
            Type = words[1].TrimEnd('?'),
            Optional = words[1].EndsWith('?'),
            Pattern = pattern < 0 ? null : line[(pattern + " pattern=".Length)..],
        };
        schema = schema with { Expression = Compile(schema.Pattern) };
        return words.Skip(2).Aggregate(schema, (read, word) => With(read, word, parameter));
    }

    private static PropertySchema With(PropertySchema schema, string word, Func<string, PropertySchema> parameter)
    {
        var (name, value) = word.Split('=', 2) is [var n, var v] ? (n, v) : (word, "");
        return name switch
        {
            "bare" => schema with { Bare = true },
            "min" => schema with { Minimum = Number(value) },
            "max" => schema with { Maximum = Number(value) },
            "minlen" => schema with { MinLength = (int)Number(value) },
            "maxlen" => schema with { MaxLength = (int)Number(value) },
            "enum" => schema with { Enum = Text(value).Split('|') },
            "default" => schema with { Default = Text(value) },
            "requires" => schema with { Requires = value },
            "alias" => schema with { Alias = value },
            "keyalias" => schema with { KeyAlias = value },
            "items" => schema with { Items = parameter(value) },
            "format" when value.StartsWith('@') => schema with { PropertyString = value[1..] },
            "format" => schema with { Format = value },
            _ => throw new FormatException($"'{word}' is no attribute of a parameter."),
        };
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(string value) => value.StartsWith('"') ? JsonSerializer.Deserialize<string>(value)! : value;

    // Splits at spaces outside quotation marks.
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ' ' && !quoted))
            {
                words.Add(line[start..i]);
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return words;
    }

    // Perl prints a compiled pattern as (?^:…), (?^i:…), (?^u:…), which .NET does not know.
    private static Regex? Compile(string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        var text = pattern.Replace("(?^:", "(?:", StringComparison.Ordinal)
            .Replace("(?^u:", "(?:", StringComparison.Ordinal)
            .Replace("(?^i:", "(?i:", StringComparison.Ordinal);
        try
        {
            return new Regex($"^(?:{text})$", RegexOptions.CultureInvariant, PatternTime);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
