/** Abbreviations of names, and what they stand for. */

export const abbreviations: ReadonlyMap<string, string> = new Map(
  `abs=absolute acc=accumulator addr=address amt=amount ans=answer arg=argument args=arguments arr=items attr=attribute attrs=attributes auth=authentication avg=average
  bal=balance bg=background btn=button buf=buffer calc=calculate cat=category cb=callback cfg=config chk=check char=character chr=character cls=class cmd=command cnt=count col=column cols=columns comp=component cond=condition conf=config conn=connection const=constant coord=coordinate cpy=copy ctl=control ctr=counter ctx=context cur=current curr=current cust=customer
  db=database dec=decrement def=definition del=delete dep=dependency deps=dependencies desc=description dest=destination dev=device diff=difference dim=dimension dir=directory dirs=directories dist=distance div=division doc=document docs=documents dst=destination dt=date dur=duration
  el=element elem=element elems=elements elt=element emp=employee env=environment err=error errs=errors evt=event ev=event exc=exception exp=expression expr=expression ext=extension
  fac=factor fd=descriptor fld=field flds=fields fmt=format fn=callback fname=filename fp=file frac=fraction freq=frequency func=callback
  gen=generator grp=group hdr=header hex=hexadecimal hgt=height idx=index img=image imgs=images impl=implementation inc=increment inf=infinity info=information init=initial inp=input insp=inspect inst=instance int=integer inv=inverse itm=item iter=iterator
  lang=language lbl=label len=length lhs=left lib=library lim=limit ln=line loc=location lst=items lvl=level
  max=maximum mem=memory mgr=manager mid=middle min=minimum misc=other mod=module msg=message msgs=messages mult=multiple mut=mutable
  nav=navigation nbr=number net=network neg=negative num=number nums=numbers obj=object objs=objects ofs=offset off=offset op=operation opt=option opts=options ord=order org=organization orig=original
  pag=page param=parameter params=parameters pct=percent perc=percent perm=permission pkg=package pos=position pred=predicate pref=preference prefs=preferences prev=previous priv=private proc=process prod=product prog=program proj=project prop=property props=properties ptr=pointer pt=point pts=points pwd=password pw=password
  qty=quantity qry=query rand=random rec=record recs=records rect=rectangle ref=reference refs=references reg=register rel=relative rem=remainder rep=repeat repo=repository req=request res=result resp=response ret=result rev=reverse rhs=right rng=range rnd=random rot=rotation rslt=result
  sb=builder sec=second secs=seconds sel=selection sep=separator seq=sequence sess=session sig=signature sgn=sign sln=solution spec=specification sqrt=root src=source srv=server stat=status stats=statistics std=standard stmt=statement str=text strs=texts sub=subtotal subs=subscriptions svc=service sym=symbol sync=synchronize sys=system
  tbl=table tmp=temporary temp=temporary tgt=target thr=threshold tok=token toks=tokens tot=total trans=transaction ts=timestamp txt=text
  uid=identifier upd=update usr=user util=utility val=value vals=values var=variable vec=vector ver=version vol=volume wgt=weight wid=width win=window wnd=window wrd=word xfer=transfer`
    .split(/\s+/)
    .map((entry) => entry.split('='))
    .map(([short = '', long = '']) => [short, long] as const),
);

/** Clear as they are, though they are in the list. */
export const clear = new Set('max min id url api html json xml http sql css abs sync init info'.split(' '));

/** Single letters, where neither type nor use says more. */
export const letters: ReadonlyMap<string, string> = new Map(
  'a=first b=second c=character d=data e=error f=callback g=group h=height i=index j=innerIndex k=key l=list m=match n=count o=object p=point q=query r=result s=text t=time u=user v=value w=width x=value y=other z=depth'
    .split(' ')
    .map((entry) => entry.split('='))
    .map(([short = '', long = '']) => [short, long] as const),
);
