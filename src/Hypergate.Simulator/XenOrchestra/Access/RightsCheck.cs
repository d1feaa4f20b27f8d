using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Access;

/// <summary>Whether a caller has all the privileges that an operation's description names.</summary>
internal sealed class RightsCheck(DataCentre world)
{
    private static readonly char[] Separators = [' ', '(', ')', '`', ':', '.', ','];

    /// <param name="operation">What was asked for.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The first placeholder's value, or null.</param>
    /// <param name="body">The body; a privilege may concern an object that it names.</param>
    /// <exception cref="XoError">403 with every missing privilege.</exception>
    public bool Check(Operation operation, Caller caller, string? id, JsonNode? body)
    {
        if (caller.IsAdministrator || operation.IsList || operation.Id == "DELETE /tasks" || IsSelf(operation, caller, id))
        {
            return true;
        }

        var rights = new Rights(world, caller);
        var missing = new JsonArray();
        foreach (var needed in operation.Privileges.Where(privilege => IsNeeded(privilege, operation, body)))
        {
            var item = ObjectOf(operation, needed.Resource, id, body);
            foreach (var action in Actions(needed, operation, body).Where(action => !rights.May(needed.Resource, action, item)))
            {
                missing.Add(Missing(item, action, needed.Resource));
            }
        }

        if (missing.Count > 0)
        {
            throw new XoError(403, "not enough privileges") { ErrorData = new JsonObject { ["missingPrivileges"] = missing } };
        }

        return true;
    }

    // "(if not self)" is the one condition that depends on who asks, and it stands on the two reads below.
    private static bool IsSelf(Operation operation, Caller caller, string? id) =>
        operation.Segments[0] == "users" && operation.Method == "GET" && id == caller.Id;

    // "(if hostId is given)" depends on a property of the body; the fields of a PATCH are asked for one by one anyway.
    private static bool IsNeeded(RequiredPrivilege privilege, Operation operation, JsonNode? body) => privilege.Condition switch
    {
        null => true,
        var words when !words.StartsWith("(if ", StringComparison.Ordinal) || words.Contains("not self", StringComparison.Ordinal) => true,
        _ when operation.Method == "PATCH" => false,
        var words => body is JsonObject fields && fields.Any(field => IsSet(field.Value) && Names(words, field.Key)),
    };

    private static bool Names(string words, string property) => words.Split(Separators).Contains(property, StringComparer.Ordinal);

    private static bool IsSet(JsonNode? value) => value is not null && !(value is JsonValue leaf && leaf.TryGetValue<bool>(out var flag) && !flag);

    private static IEnumerable<string> Actions(RequiredPrivilege needed, Operation operation, JsonNode? body)
    {
        var isByField = needed.Action.EndsWith("<field>", StringComparison.Ordinal) || (operation.Method == "PATCH" && needed.Action == "update");
        return isByField && body is JsonObject { Count: > 0 } fields
            ? fields.Select(field => $"update:{field.Key}")
            : [needed.Action];
    }

    private JsonObject? ObjectOf(Operation operation, string resource, string? id, JsonNode? body)
    {
        var collection = Resources.CollectionOf(resource);
        if (!world.Has(collection))
        {
            return null;
        }

        return operation.Segments[0] == collection && id is not null
            ? world[collection].Find(id)
            : Texts(body).Select(world[collection].Find).FirstOrDefault(item => item is not null);
    }

    private static IEnumerable<string> Texts(JsonNode? body) => body is JsonObject fields
        ? fields.Select(field => field.Value).OfType<JsonValue>().Select(value => value.ToString())
        : [];

    private static JsonObject Missing(JsonObject? item, string action, string resource)
    {
        var missing = new JsonObject { ["action"] = action, ["resource"] = resource };
        if (item is not null)
        {
            missing.Insert(0, "objectId", item["id"]!.GetValue<string>());
        }

        return missing;
    }
}
