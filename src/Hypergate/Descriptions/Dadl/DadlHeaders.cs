namespace Hypergate.Descriptions.Dadl;

/// <summary>Whether headers that a file names can be sent.</summary>
internal static class DadlHeaders
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";

    /// <summary>Notes what is wrong with the name of a header, and with its value where the file gives one.</summary>
    /// <param name="section">Where it stands.</param>
    /// <param name="key">Under which key; empty where it names the section.</param>
    /// <param name="name">The header.</param>
    /// <param name="value">Null where callers give it.</param>
    public static void Check(DadlSection section, string key, string name, string? value = null)
    {
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c, StringComparison.Ordinal)))
        {
            section.Fault(DadlRules.WrongType, key, $"{DadlFaults.Quoted(name)} is not the name of a header: letters, digits and hyphens");
        }
        else if (value is not null && (value != value.Trim() || !value.All(static c => c is >= ' ' and <= '~')))
        {
            section.Fault(DadlRules.WrongType, key, $"the value of {name} cannot be sent: a header is one line of ASCII without blanks around it");
        }
    }
}
