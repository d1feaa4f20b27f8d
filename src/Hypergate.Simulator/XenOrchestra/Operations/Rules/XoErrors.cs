using System.Globalization;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>The errors of the server and of the hypervisor, with their words.</summary>
internal static class XoErrors
{
    private const string HypervisorInfo = "This is a XenServer/XCP-ng error, not an XO error";

    /// <summary>The id is unknown, or belongs to something else.</summary>
    public static XoError NoSuch(string type, string id) => new(404, $"no such {type} {id}")
    {
        ErrorData = new JsonObject { ["id"] = id, ["type"] = type },
    };

    /// <summary>An error of the hypervisor: a code and what it is about.</summary>
    public static XoError Hypervisor(string code, params string[] parameters)
    {
        var message = $"{code}({string.Join(", ", parameters)})";
        return new XoError(500, message)
        {
            Info = HypervisorInfo,
            TaskResult = new JsonObject
            {
                ["code"] = code,
                ["params"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)parameter)]),
                ["call"] = new JsonObject { ["duration"] = 2, ["method"] = "VM.call", ["params"] = new JsonArray("* session id *") },
                ["message"] = message,
                ["name"] = "XapiError",
            },
        };
    }

    public static XoError IncorrectState(string actual, string expected, string id, string property) => new(409, "incorrect state")
    {
        ErrorData = new JsonObject { ["actual"] = actual, ["expected"] = expected, ["object"] = id, ["property"] = property },
    };

    public static XoError Forbidden(string operation, string reason) => new(403, $"forbidden operation: {operation}")
    {
        ErrorData = new JsonObject { ["operation"] = operation, ["reason"] = reason },
    };

    public static XoError AlreadyExists(string type) => new(409, $"{type} already exists")
    {
        ErrorData = new JsonObject { ["objectType"] = type },
    };

    /// <summary>A rule of the operation is broken, though the schema is not.</summary>
    public static XoError Invalid(FormattableString text, JsonNode? data = null) => new(422, text.ToString(CultureInfo.InvariantCulture))
    {
        ErrorData = data,
    };
}
