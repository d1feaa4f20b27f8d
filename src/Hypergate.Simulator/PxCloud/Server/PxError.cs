namespace Hypergate.Simulator.PxCloud.Server;

/// <summary>An answer that says no: <c>{"code": "not_found", "message": "…"}</c>.</summary>
internal sealed class PxError(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    public static PxError NotFound(string kind, string id) => new(404, "not_found", $"There is no {kind} '{id}'.");

    public static PxError Conflict(string message) => new(409, "conflict", message);

    public static PxError Invalid(string message) => new(422, "validation_failed", message);

    /// <summary>Fits the form and makes no sense here.</summary>
    public static PxError Senseless(string message) => new(422, "unprocessable", message);

    public static PxError Locked(string id, string holder) => new(423, "locked", $"'{id}' is held by a task of type {holder}.");
}
