using Hypergate.Model;
using Hypergate.Tools.Operations;

namespace Hypergate.Tools.Code;

/// <summary>Names as scripts write them: <c>api.backend.operation</c>.</summary>
internal static class ScriptNames
{
    /// <summary>A backend's or an operation's name with everything but letters, digits and underscores as an underscore.</summary>
    public static string Of(string name) => OperationToolNames.Plain(name);

    /// <summary>An operation's name in its backend.</summary>
    public static string Of(Operation operation) => operation.ScriptName ?? Of(operation.Name);

    /// <summary>A name of an argument, quoted where it is no identifier.</summary>
    public static string Argument(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '$')
            ? name
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A class name of words: <c>Xen Orchestra</c> is <c>XenOrchestra</c>.</summary>
    public static string Interface(string title)
    {
        var name = string.Concat(title.Split([' ', '-', '.', '_', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => char.ToUpperInvariant(word[0]) + string.Concat(word.Skip(1).Where(char.IsAsciiLetterOrDigit))));
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : $"Api{name}";
    }
}
