package question
import ("testing";"fmt")
func TestLook(t *testing.T){
 l:=Builtin()
 for _,f:=range l.Faults(){t.Error(f)}
 show:=func(c Card,f Filling){ fmt.Println("  Q",c.Wording(f)); fmt.Println("  S",c.Shifted(f)); for _,n:=range c.Narrowed(f){fmt.Println("  N",n.Wording)}}
 for _,c:=range l.List(Choice{}){ fmt.Println(c.Stage,c.ID); show(c,Filling{})
  fmt.Println("  --manager for colleague, goal"); show(c,Filling{Helper:Manager,Beneficiary:Colleague,Scope:Goal,Name:"Lead a release"})
  fmt.Println("  --org for boss, skill"); show(c,Filling{Helper:Organisation,Beneficiary:Boss,Scope:Skill,Name:"SQL"})
  fmt.Println("  --same"); show(c,Filling{Helper:Team,Beneficiary:Team,Scope:Task})
  fmt.Println("  --asked"); show(c,Filling{Helper:Myself,Beneficiary:c.AskedChoices()[0],Scope:Task})
 }
}
