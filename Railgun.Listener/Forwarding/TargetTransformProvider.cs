using Yarp.ReverseProxy.Transforms.Builder;

namespace Railgun.Listener.Forwarding;

/// <summary>Adds <see cref="TargetTransform"/> to every route, and <see cref="ForwardedTransform"/> to those that say nothing of their own about its fields.</summary>
/// <param name="forwarded">Tells the origin for whom the listener asks.</param>
internal sealed class TargetTransformProvider(ForwardedTransform forwarded) : ITransformProvider
{
    private static readonly TargetTransform Transform = new();

    /// <inheritdoc/>
    public void Apply(TransformBuilderContext context)
    {
        if (context.UseDefaultForwarders != false)
        {
            context.UseDefaultForwarders = false;
            context.RequestTransforms.Add(forwarded);
        }

        context.RequestTransforms.Add(Transform);
    }

    /// <inheritdoc/>
    public void ValidateCluster(TransformClusterValidationContext context)
    {
        // Nothing of ours can be configured per cluster.
    }

    /// <inheritdoc/>
    public void ValidateRoute(TransformRouteValidationContext context)
    {
        // Nor per route.
    }
}
