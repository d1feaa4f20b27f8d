using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.World;
using Hypergate.Simulator.XenOrchestra.World.Seed;

namespace Hypergate.Simulator.XenOrchestra.Operations.Rules;

/// <summary>What rules ask of a request.</summary>
internal static class RuleContext
{
    extension(OperationContext context)
    {
        public string Id => context.Path["id"];

        /// <summary>The object that the path names.</summary>
        public JsonObject Target(string collection) => context.World.Require(collection, context.Id);

        /// <summary>A property of the body that is text, or null.</summary>
        public string? BodyText(string property) => context.Body?.TextOrNull(property);

        public bool BodyFlag(string property) => context.Body?[property]?.GetValue<bool>() ?? false;
    }

    extension(DataCentre world)
    {
        /// <summary>Now, in seconds.</summary>
        public long Seconds => world.Time.GetUtcNow().ToUnixTimeSeconds();

        /// <summary>Now, in milliseconds.</summary>
        public long Milliseconds => world.Time.GetUtcNow().ToUnixTimeMilliseconds();

        /// <exception cref="XoError">404.</exception>
        public JsonObject Require(string collection, string id) =>
            world[collection].Find(id) ?? throw XoErrors.NoSuch(world[collection].Type, id);
    }

    /// <summary>The answer of an operation that makes something.</summary>
    public static JsonObject Made(string id) => new() { ["id"] = id };

    /// <summary>The hypervisor's reference of an object.</summary>
    public static string Reference(this JsonObject item) => item.Text("_xapiRef");

    /// <summary>An action that takes the hypervisor some time.</summary>
    public static OperationRule Taking(this OperationRule rule, double seconds) => rule with { Duration = TimeSpan.FromSeconds(seconds) };
}
