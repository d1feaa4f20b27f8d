using System.Collections.Concurrent;

namespace Hypergate.Results.Secrets;

/// <summary>
/// A set of property names that is asked in the words of foreign names: a name is in the set when its last words are a
/// member, whatever their case and separators.
/// </summary>
internal sealed class SecretNames
{
    private const int LongestName = 256;
    private const int MostRemembered = 2_000;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _names;
    private readonly int _count;

    // The names of fields come again in every row and every answer. Bounded, because foreign names have no end.
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.Ordinal);
    private int _remembered;

    public SecretNames(IEnumerable<string> names)
    {
        var folded = names.Select(Fold).Where(static name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        _count = folded.Count;
        _names = folded.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Names under which people pass secrets to operations, for logs and audit.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "password", "passwd", "pwd", "passphrase", "secret", "token", "apikey", "accesstoken", "refreshtoken", "authorization",
        "cookie", "credential", "credentials", "privatekey", "sshkey", "psk", "csrf", "ticket", "otp", "totp", "pin",
        "authenticationtoken", "pwhash", "clientsecret", "connectionstring", "encryptionkey", "secretkey", "accesskey",
    ];

    /// <summary>Whether the name, or its last words, is in the set. Remembers the answer.</summary>
    public bool Contain(string name)
    {
        if (_count == 0 || name.Length is 0 or > LongestName)
        {
            return false;
        }

        if (_asked.TryGetValue(name, out var contained))
        {
            return contained;
        }

        contained = Contain(name.AsSpan());
        if (Volatile.Read(ref _remembered) < MostRemembered && _asked.TryAdd(name, contained))
        {
            Interlocked.Increment(ref _remembered);
        }

        return contained;
    }

    /// <summary>Whether the name, or its last words, is in the set.</summary>
    public bool Contain(ReadOnlySpan<char> name)
    {
        if (_count == 0 || name.Length is 0 or > LongestName)
        {
            return false;
        }

        Span<char> folded = stackalloc char[name.Length];
        Span<bool> begins = stackalloc bool[name.Length];
        var length = Fold(name, folded, begins);
        for (var at = 0; at < length; at++)
        {
            if (begins[at] && _names.Contains(folded[at..length]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Fold(string name)
    {
        var folded = new char[name.Length];
        return new string(folded, 0, Fold(name, folded, new bool[name.Length]));
    }

    /// <summary>Lower-case letters and digits only, and where a word of the name begins.</summary>
    private static int Fold(ReadOnlySpan<char> name, Span<char> folded, Span<bool> begins)
    {
        var length = 0;
        var previous = '\0';
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character))
            {
                begins[length] = !char.IsLetterOrDigit(previous) || (char.IsUpper(character) && !char.IsUpper(previous));
                folded[length++] = char.ToLowerInvariant(character);
            }

            previous = character;
        }

        return length;
    }
}
