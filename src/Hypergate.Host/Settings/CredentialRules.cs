using Hypergate.Backends;

namespace Hypergate.Host.Settings;

/// <summary>What a credential for Xen Orchestra must look like to arrive there as it is. Problems never show the value.</summary>
internal static class CredentialRules
{
    public static IEnumerable<SettingsFault> Check(BackendSettingsAuth auth, string path)
    {
        if (auth.Token is { } token)
        {
            return Fault($"{path}.token", ProblemOfToken(token.Reveal()));
        }

        return auth is { Username: { } username, Password: { } password }
            ? [.. Fault($"{path}.username", ProblemOfUsername(username)), .. Fault($"{path}.password", ProblemOfPassword(password.Reveal()))]
            : [new(path, "needs either a token or both username and password")];
    }

    /// <summary>The token is sent as a cookie without encoding, so it must fit the grammar of RFC 6265.</summary>
    private static string? ProblemOfToken(string token)
    {
        for (var at = 0; at < token.Length; at++)
        {
            if (token[at] is <= ' ' or > '~' or '"' or ',' or ';' or '\\')
            {
                return $"cannot be a token: it holds {NameOf(token[at])} at position {at + 1}";
            }
        }

        return token == "" ? "must not be empty" : null;
    }

    private static string? ProblemOfUsername(string username) => username switch
    {
        "" => "must not be empty",
        _ when username.Contains(':', StringComparison.Ordinal) => "must not hold a colon: it would end there",
        _ => ProblemOfText(username),
    };

    private static string? ProblemOfPassword(string password) => password switch
    {
        "" => "must not be empty",
        _ when password.Contains(':', StringComparison.Ordinal) =>
            "must not hold a colon: Xen Orchestra cuts a password there; use a token, or change the password",
        _ => ProblemOfText(password),
    };

    private static string? ProblemOfText(string text) =>
        text.FirstOrDefault(char.IsControl) is var control && (control != '\0' || text.Contains('\0', StringComparison.Ordinal))
            ? $"must not hold {NameOf(control)}"
            : null;

    private static SettingsFault[] Fault(string path, string? problem) => problem is null ? [] : [new(path, problem)];

    private static string NameOf(char character) => character switch
    {
        '\r' or '\n' => "a line break",
        ' ' => "a blank",
        < ' ' or '\x7F' => "a control character",
        > '~' => "a character outside ASCII",
        _ => $"the character {character}",
    };
}
