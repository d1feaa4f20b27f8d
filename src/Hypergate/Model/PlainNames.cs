using System.Globalization;

namespace Hypergate.Model;

/// <summary>Names of letters, digits and underscores alone, as programs write them.</summary>
internal static class PlainNames
{
    /// <summary>Every other character becomes an underscore.</summary>
    public static string Of(string name) => string.Create(name.Length, name, static (plain, source) =>
    {
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        }
    });

    /// <summary>
    /// The operations of a backend with names for scripts where plain ones would be the same: <c>get_x</c>, <c>get_x_2</c>, in their order. A
    /// name that is plain already stays what it is. Whoever is numbered answers to that name everywhere.
    /// </summary>
    public static IReadOnlyList<Operation> Numbered(IReadOnlyList<Operation> operations)
    {
        if (operations.All(static operation => IsPlain(operation.Name)))
        {
            return operations;
        }

        var taken = operations.Where(static operation => IsPlain(operation.Name)).Select(static operation => operation.Name).ToHashSet(StringComparer.Ordinal);
        return [.. operations.Select(operation => IsPlain(operation.Name) || taken.Add(Of(operation.Name)) ? operation : Numbered(operation, taken))];
    }

    private static Operation Numbered(Operation operation, HashSet<string> taken)
    {
        var plain = Of(operation.Name);
        for (var number = 2; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{plain}_{number}");
            if (taken.Add(name))
            {
                return operation with { ScriptName = name, OtherNames = [.. operation.OtherNames, name] };
            }
        }
    }

    private static bool IsPlain(string name) => name.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
