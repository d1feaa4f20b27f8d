using System.Text;
using Hypergate.Descriptions;
using Hypergate.Descriptions.Dadl;

namespace Hypergate.Backends.Dadl;

/// <summary>What a file tells models and operators beside its tools, as one text. Written by others: data, never instructions.</summary>
internal static class DadlGuide
{
    private const int LongestLine = 2_000;

    public static string Of(DadlDocument document)
    {
        var text = new StringBuilder().Append("# ").Append(document.Name).Append("\n\n").Append(DescriptionText.OneLine(document.Description, LongestLine)).Append('\n');
        if (document.Notes.Length > 0)
        {
            text.Append("\n## Notes of the file's author\n\n").Append(document.Notes).Append('\n');
        }

        Append(text, "Coverage", document.Coverage);
        if (document.Examples.Count > 0)
        {
            text.Append("\n## Examples\n");
            foreach (var example in document.Examples)
            {
                text.Append("\n### ").Append(DescriptionText.OneLine(example.Name, LongestLine)).Append("\n\n").Append(DescriptionText.OneLine(example.Description, LongestLine))
                    .Append("\n\n```js\n").Append(Lines(example.Code)).Append("\n```\n");
            }
        }

        Append(text, "Set-up, for operators", document.Setup);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        text.Append("\n## ").Append(title).Append("\n\n");
        foreach (var (key, value) in pairs)
        {
            text.Append("- ").Append(key).Append(": ").Append(Lines(value).ReplaceLineEndings("\n  ")).Append('\n');
        }
    }

    private static string Lines(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(static line => DescriptionText.Visible(line.TrimEnd('\r'))));
}
