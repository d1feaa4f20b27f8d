namespace Hypergate.Backends;

/// <summary>What may stand in any credential. Problems never show the value.</summary>
internal static class CredentialText
{
    /// <summary>What is wrong with a user name or password; null where nothing is.</summary>
    public static string? Problem(string text)
    {
        if (text == "")
        {
            return "must not be empty";
        }

        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                return $"must not hold {NameOf(character)}";
            }
        }

        return null;
    }

    public static string NameOf(char character) => character switch
    {
        '\r' or '\n' => "a line break",
        ' ' => "a blank",
        < ' ' or '\x7F' => "a control character",
        > '~' => "a character outside ASCII",
        _ => $"the character {character}",
    };
}
