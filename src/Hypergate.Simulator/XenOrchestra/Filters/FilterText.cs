using System.Text;

namespace Hypergate.Simulator.XenOrchestra.Filters;

/// <summary>The text of a filter, and how far it is read. What does not fit is not read.</summary>
internal sealed class FilterText(string text)
{
    /// <summary>The place of the next character, counted in UTF-16 units.</summary>
    public int At { get; set; }

    public bool IsAtEnd => At == text.Length;

    public bool Take(char c)
    {
        if (IsAtEnd || text[At] != c)
        {
            return false;
        }

        At++;
        return true;
    }

    public void Blanks() => Run(char.IsWhiteSpace);

    /// <summary>Letters of any script, digits, <c>_ - . $</c>.</summary>
    public string? Word() => Run(IsOfWord);

    /// <summary>A word with <c>*</c> anywhere in it.</summary>
    public string? WordOrGlob() => Run(c => c == '*' || IsOfWord(c));

    /// <summary>A text in quotes, without them; one that is never closed goes to the end.</summary>
    public string? Quoted()
    {
        if (!Take('"'))
        {
            return null;
        }

        var quoted = new StringBuilder();
        while (!IsAtEnd && text[At++] is var c and not '"')
        {
            quoted.Append(c == '\\' && !IsAtEnd ? text[At++] : c);
        }

        return quoted.ToString();
    }

    /// <summary>A regular expression between slashes, without them.</summary>
    public string? Pattern()
    {
        if (!Take('/'))
        {
            return null;
        }

        var start = At;
        for (var escaped = false; !IsAtEnd; At++)
        {
            if (text[At] == '/' && !escaped)
            {
                return text[start..At++];
            }

            escaped = text[At] == '\\';
        }

        return null;
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$';

    private string? Run(Func<char, bool> belongs)
    {
        var start = At;
        while (!IsAtEnd && belongs(text[At]))
        {
            At++;
        }

        return At > start ? text[start..At] : null;
    }
}
