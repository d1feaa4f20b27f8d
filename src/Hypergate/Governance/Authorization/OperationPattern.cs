using System.IO.Enumeration;
using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>
/// One entry of a deny or allow list: a name (<c>DeleteVm</c>), a name in its domain (<c>sms.GetSrs</c>), a path
/// (<c>/vms/{id}/actions/*</c>) or a method and a path (<c>DELETE /vms/*</c>). <c>*</c> stands for any text, <c>?</c> for one character.
/// </summary>
internal readonly record struct OperationPattern(string Text)
{
    private const string Wildcards = "*?";

    /// <summary>Whether it names one operation rather than a family.</summary>
    public bool IsExact => !Text.AsSpan().ContainsAny(Wildcards);

    /// <summary>The safe side for a deny list: a plain name hits every operation that the description calls so.</summary>
    public bool Denies(Operation operation) => Matches(operation, operation.DeclaredName);

    /// <summary>The safe side for an allow list: a plain name hits only the operation that holds it.</summary>
    public bool Allows(Operation operation) => Matches(operation, operation.Name);

    private bool Matches(Operation operation, string declaredName)
    {
        if (Text.Contains('/', StringComparison.Ordinal))
        {
            var target = Text.Contains(' ', StringComparison.Ordinal) ? $"{operation.Method} {operation.Path}" : operation.Path;
            return Fits(target);
        }

        return Fits(operation.Name)
            || Fits(declaredName)
            || Fits($"{operation.Domain}.{operation.Name}")
            || Fits($"{operation.Domain}.{operation.DeclaredName}");
    }

    private bool Fits(string candidate) => FileSystemName.MatchesSimpleExpression(Text, candidate, ignoreCase: false);
}
