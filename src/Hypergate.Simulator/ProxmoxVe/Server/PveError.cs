using System.Text.Json.Nodes;

namespace Hypergate.Simulator.ProxmoxVe.Server;

/// <summary>An operation says no: a status, a message that ends in a new line, and texts for parameters.</summary>
internal sealed class PveError : Exception
{
    public const string Verification = "Parameter verification failed.\n";

    public PveError(string message)
        : this(500, message + "\n")
    {
    }

    private PveError(int status, string text, IReadOnlyDictionary<string, string>? errors = null)
        : base(text.TrimEnd('\n'))
    {
        (Status, Text, Errors) = (status, text, errors);
    }

    public int Status { get; }

    /// <summary>The message as it stands in the answer, with its new line.</summary>
    public string Text { get; }

    public IReadOnlyDictionary<string, string>? Errors { get; }

    /// <summary>400: a parameter is wrong.</summary>
    public static PveError Parameter(string name, string text) => Parameters(new Dictionary<string, string> { [name] = text });

    /// <summary>400: parameters are wrong.</summary>
    public static PveError Parameters(IReadOnlyDictionary<string, string> errors) => new(400, Verification, errors);

    /// <summary>403: a right is missing; the text names the path and the privilege.</summary>
    public static PveError Forbidden(string what) =>
        new(403, what.Length == 0 ? "Permission check failed\n" : $"Permission check failed ({what})\n");

    /// <summary>501: there is no such operation.</summary>
    public static PveError NotImplemented(string method, string path) => new(501, $"Method '{method} {path}' not implemented");

    /// <summary>Any status with a message.</summary>
    public static PveError Of(int status, string message) => new(status, message + "\n");

    public JsonObject? ErrorsObject =>
        Errors is null ? null : new JsonObject(Errors.Select(static error => KeyValuePair.Create(error.Key, (JsonNode?)error.Value)));
}
