using Hypergate.Model;

namespace Hypergate.Backends;

/// <summary>
/// Names of operations as operators write them into lists: <c>DeleteVm</c>, <c>vms.DeleteVm</c>, <c>Delete*</c>, <c>vms.*</c>; or
/// their paths: <c>/pools/*</c>, <c>DELETE /vms/{id}</c>. Case counts; <c>*</c> stands for any characters.
/// </summary>
public static class OperationPattern
{
    /// <summary>Whether a text can be one at all.</summary>
    public static bool IsWellFormed(string pattern) =>
        pattern.Length is > 0 and <= 200 && (pattern.Contains('/', StringComparison.Ordinal) ? IsPath(pattern) : pattern.All(IsOfName));

    private static bool IsPath(string pattern)
    {
        var start = pattern.IndexOf(' ', StringComparison.Ordinal) + 1;
        return pattern.AsSpan(0, Math.Max(0, start - 1)).IndexOfAnyExceptInRange('A', 'Z') < 0
            && pattern[start..] is ['/', ..] path
            && path.All(static c => IsOfName(c) || c is '/' or '{' or '}');
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '*';

    /// <summary>Whether it names one operation rather than a family.</summary>
    public static bool IsExact(string pattern) => !pattern.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether the pattern means this operation and no other of the same declared name: for lists that permit.</summary>
    public static bool Matches(string pattern, Operation operation) => pattern.Contains('/', StringComparison.Ordinal)
        ? MatchesPath(pattern, operation)
        : Matches(pattern, operation.Name, operation.Domain);

    /// <summary>As <see cref="Matches(string, Operation)"/>, and also by the name that two operations may share: for lists that forbid.</summary>
    public static bool MatchesAnyName(string pattern, Operation operation) =>
        Matches(pattern, operation) || Matches(pattern, operation.DeclaredName, operation.Domain);

    private static bool MatchesPath(string pattern, Operation operation) =>
        IsMatch(pattern, pattern.Contains(' ', StringComparison.Ordinal) ? $"{operation.Method} {operation.Path}" : operation.Path);

    private static bool Matches(string pattern, string name, string domain) =>
        IsMatch(pattern, name) || (pattern.Contains('.', StringComparison.Ordinal) && IsMatch(pattern, $"{domain}.{name}"));

    /// <summary>Greedy with one way back, so that the work stays within the product of the lengths.</summary>
    private static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (at, star, retry) = (0, -1, 0);
        for (var index = 0; index < text.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, retry) = (at++, index);
            }
            else if (at < pattern.Length && pattern[at] == text[index])
            {
                at++;
                index++;
            }
            else if (star >= 0)
            {
                (at, index) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }
}
