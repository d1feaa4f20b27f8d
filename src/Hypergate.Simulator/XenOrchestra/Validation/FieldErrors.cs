using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Validation;

/// <summary>What is wrong with which field: <c>{"body.name": {"message": …, "value": …}}</c>.</summary>
internal sealed class FieldErrors
{
    public JsonObject All { get; } = [];

    public bool Any => All.Count > 0;

    /// <param name="field">The path of the field: <c>body.vifs.$0.network</c>.</param>
    /// <param name="message">The server's words.</param>
    /// <param name="value">What was found there, where there was something.</param>
    public void Add(string field, string message, Found value)
    {
        var entry = new JsonObject { ["message"] = message };
        if (value.IsThere)
        {
            entry["value"] = value.Value?.DeepClone();
        }

        All[field] = entry;
    }
}
