namespace Hypergate.Tools.Fleet.Cluster;

/// <summary>The tool about the rights of a connection.</summary>
internal static class PermissionTools
{
    public static IReadOnlyList<FleetTool> All { get; } =
    [
        new("get_permissions", "Rights of the connection", "Who the gateway is on a platform, what it may do there, and which tools lack a right: why lists may be empty.")
        {
            Reads = ["/users/{id}", "/access/permissions"],
            Parameters = [new("path", ArgumentType.Text, "Of the access control list, such as /vms/100")],
            Run = static (request, cancellationToken) => request.Backend.Platform.Permissions(request, request.Backend, cancellationToken),
        },
    ];
}
