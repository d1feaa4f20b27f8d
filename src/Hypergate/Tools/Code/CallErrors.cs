using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Outcomes that are no success, as what a script catches.</summary>
internal static class CallErrors
{
    public static CodeError Of(Outcome.Refused refused, bool isDeclined) => new(CodeOf(refused.Policy, isDeclined), refused.Reason) { RefusedBy = refused.Policy };

    public static CodeError Of(Outcome.Failed failed, bool changes) => new(failed.Error?.Code ?? CallError.CodeOf(failed.Status), failed.Detail)
    {
        Call = failed.Error ?? new CallError(CallError.CodeOf(failed.Status), failed.Detail) { HttpStatus = failed.Status },
        Sent = failed.Status is null && changes ? null : true,
    };

    private static string CodeOf(string policy, bool isDeclined) => policy switch
    {
        "arguments" => "invalid_input",
        "authorization" => "unknown_operation",
        "confirmation" or "approval" when isDeclined => "consent_declined",
        _ => "refused",
    };
}
