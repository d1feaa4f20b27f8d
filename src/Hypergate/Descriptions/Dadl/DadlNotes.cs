using System.Text;

namespace Hypergate.Descriptions.Dadl;

/// <summary>The comment before the first key, which no YAML reader keeps.</summary>
internal static class DadlNotes
{
    private const int Longest = 12 * 1024;

    public static string Of(string text)
    {
        var notes = new StringBuilder();
        foreach (var line in text.TrimStart('\uFEFF').AsSpan().EnumerateLines())
        {
            var plain = line.Trim();
            if (plain.IsEmpty || plain.StartsWith("---"))
            {
                if (notes.Length > 0)
                {
                    notes.Append('\n');
                }

                continue;
            }

            if (plain[0] != '#')
            {
                break;
            }

            notes.Append(DescriptionText.Visible(WithoutMark(plain).ToString())).Append('\n');
            if (notes.Length > Longest)
            {
                notes.Length = Longest;
                break;
            }
        }

        return notes.ToString().Trim();
    }

    private static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> line) => line is ['#', ' ', ..] ? line[2..] : line[1..];
}
