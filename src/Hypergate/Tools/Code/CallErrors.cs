using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Outcomes that are no success, as what a script catches.</summary>
internal static class CallErrors
{
    public static CodeError Of(Outcome.Refused refused, bool isDeclined) => new(CodeOf(refused.Policy, isDeclined), refused.Reason) { RefusedBy = refused.Policy };

    public static CodeError Of(Outcome.Failed failed, bool changes) => new(CodeOf(failed.Status), failed.Detail)
    {
        HttpStatus = failed.Status,
        Sent = failed.Status is null && changes ? null : true,
    };

    private static string CodeOf(string policy, bool isDeclined) => policy switch
    {
        "arguments" => "invalid_input",
        "authorization" => "unknown_operation",
        "confirmation" when isDeclined => "consent_declined",
        _ => "refused",
    };

    private static string CodeOf(int? status) => status switch
    {
        null => "transport",
        400 or 422 => "invalid_input",
        401 => "unauthorized",
        403 => "forbidden",
        404 or 410 => "not_found",
        408 => "timeout",
        409 => "conflict",
        429 => "rate_limited",
        500 => "internal",
        502 or 503 or 504 => "unavailable",
        >= 400 and < 500 => "client_error",
        >= 500 => "server_error",
        _ => "unexpected_status",
    };
}
