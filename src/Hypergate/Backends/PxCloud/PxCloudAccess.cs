using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.PxCloud;

/// <summary>How harmful an operation of PXCloud is: by the rules for any API, and by what its own guide adds to them.</summary>
internal static class PxCloudAccess
{
    // Its guide counts a change of a firewall among what a person is asked about.
    private static readonly string[] Own = ["firewall"];

    public static Access Of(Route route)
    {
        if (route.Method is "GET" or "HEAD")
        {
            return PathAccess.Tells(route) ? Access.Admin : Access.Read;
        }

        return PathAccess.Looks(route) ? Access.Read
            : PathAccess.Governs(route) ? Access.Admin
            : PathAccess.Harms(route) || PathAccess.Names(route.Path, Own) || PathAccess.HarmingVerbs.Contains(Words.Split(route.Name).FirstOrDefault()) ? Access.Dangerous
            : Access.Write;
    }
}
