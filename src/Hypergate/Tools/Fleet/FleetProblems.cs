using Hypergate.Inventory;
using Hypergate.Model;

namespace Hypergate.Tools.Fleet;

/// <summary>Puts what a platform or the gateway refused into a code that programs can compare.</summary>
internal static class FleetProblems
{
    public static FleetException Of(PlatformReadException problem) => new(CodeOf(problem.Status, problem.Message), problem.Message);

    public static FleetException Of(Outcome.Failed failed) => new(failed.Job is null ? CodeOf(failed.Status, failed.Detail) : "task_failed", failed.Detail);

    public static FleetException Of(Outcome.Refused refused) => new(refused.Policy == "authorization" ? "forbidden" : refused.Policy == "arguments" ? "invalid_arguments" : "refused", refused.Reason);

    private static string CodeOf(int? status, string text) => status switch
    {
        null => "unreachable",
        401 => "unauthorized",
        403 => "forbidden",
        595 or 596 or 597 or 599 => "unreachable",
        _ when Says(text, "does not exist") || Says(text, "no such") => "not_found",
        _ when Says(text, "already exists") || Says(text, "already used") => "exists",
        _ when Says(text, "is locked") => "locked",
        _ when Says(text, "protect") => "protected",
        _ when Says(text, "checksum mismatch") || Says(text, "file changed") => "conflict",
        _ when Says(text, "not running") || Says(text, "is running") || Says(text, "POWER_STATE") => "wrong_state",
        _ when Says(text, "no quorum") => "no_quorum",
        _ when Says(text, "got timeout") => "busy",
        404 => "not_found",
        409 => "wrong_state",
        423 => "locked",
        400 or 422 => "invalid_arguments",
        _ => "failed",
    };

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
